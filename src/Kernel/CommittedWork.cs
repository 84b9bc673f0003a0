using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>Work whose first commit is made (P6): it goes on without its caller's deadline and connection, while the
/// caller waits for it as long as an answer in time allows. What it leaves undone a background runner picks up.</summary>
public sealed partial class CommittedWork(TimeProvider clock, ILogger<CommittedWork> log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    /// <summary>What the answer itself needs of the deadline after the wait.</summary>
    private static readonly TimeSpan LeftForTheAnswer = TimeSpan.FromSeconds(1);

    /// <summary>Starts the work and waits for its end, for 4 s of the request at most.</summary>
    /// <param name="work">Gets no token: nothing of the caller's ends it.</param>
    /// <returns>Whether it ended in time; if not, it goes on, and a fault of it is logged.</returns>
    /// <exception cref="Exception">What the work threw in time.</exception>
    public async Task<bool> Run(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var wait = (Deadline.Left ?? (LongestWait + LeftForTheAnswer)) - LeftForTheAnswer;
        using var over = new CancellationTokenSource();
        var patience = Task.Delay(Clamp(wait), clock, over.Token); // begins before the work, whose first part may take its time
        var running = Detached(work);
        await Task.WhenAny(running, patience);
        await over.CancelAsync();
        if (running.IsCompleted)
        {
            await running;
            return true;
        }

        _ = Watch(running);
        return false;
    }

    private static async Task Detached(Func<Task> work)
    {
        Deadline.LetGo();
        await work();
    }

    private async Task Watch(Task running)
    {
        try
        {
            await running;
        }
#pragma warning disable CA1031 // nobody waits for it any more; it is told here, and the runner goes on from the last commit
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogLeft(log, fault);
        }
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;

    [LoggerMessage(Level = LogLevel.Warning, Message = "work broke off after its caller had its answer; the runner takes it up")]
    private static partial void LogLeft(ILogger log, Exception fault);
}
