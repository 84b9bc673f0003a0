namespace Stoa.Bare;

/// <summary>One-row commits to a database.</summary>
public interface ICommits : IDisposable
{
    /// <summary>Ends when one more row is durable.</summary>
    Task Add();
}
