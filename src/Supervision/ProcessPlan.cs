namespace Stoa.Supervision;

/// <summary>What one process is: how it starts, where it answers, where its words go.</summary>
/// <param name="Name">What people call it, for example <c>orders</c>.</param>
/// <param name="FileName">The program, a path or a name on PATH.</param>
/// <param name="Arguments">Its arguments, unescaped.</param>
/// <param name="Url">Where it answers <c>GET /health/ready</c> with 200 once it can serve.</param>
/// <param name="LogFile">Receives its standard output and standard error.</param>
public sealed record ProcessPlan(string Name, string FileName, IReadOnlyList<string> Arguments, Uri Url, string LogFile)
{
    /// <summary>Added to the environment it inherits; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long one start may take until the process is ready; past it, the process is killed.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a process may take to end after it was told to; past it, it is killed.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The back-off between a death and the next start.</summary>
    public BackOff BackOff { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15));
}
