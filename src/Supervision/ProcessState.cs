namespace Stoa.Supervision;

/// <summary>Where a supervised process is in its life.</summary>
public enum ProcessState
{
    /// <summary>Not running, and nothing will start it but <see cref="Supervised.Start"/>.</summary>
    Stopped,

    /// <summary>Running for the first time, and not ready yet.</summary>
    Starting,

    /// <summary>Running, and it has said that it is ready.</summary>
    Ready,

    /// <summary>It died; it waits for its next start or is in it.</summary>
    Restarting,

    /// <summary>Its first start did not end in ready. Nothing tries again: a person has to look.</summary>
    Failed,
}

/// <summary>A change that a supervisor reports.</summary>
/// <param name="Process">The name of the process.</param>
/// <param name="State">Where it is now.</param>
/// <param name="Reason">Why, in words for a person; empty for the expected changes.</param>
public sealed record ProcessChange(string Process, ProcessState State, string Reason);
