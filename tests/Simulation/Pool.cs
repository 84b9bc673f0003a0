namespace Stoa.Simulation;

/// <summary>Determinism without a scheduler of our own: the runtime's thread pool is held to one thread
/// (<c>ThreadPoolMaxThreads</c> in the project file), and everything here runs on it. So nothing runs beside anything else,
/// and what was queued runs in the order in which it was queued. Time, delays and randomness are the simulation's, so the
/// same seed queues the same work in the same order.</summary>
internal static class Pool
{
    /// <summary>Far more looks than any moment of the simulation needs.</summary>
    private const int MostLooks = 100_000;

    /// <summary>Ends when nothing is left to run: everybody waits for a message or for a time.</summary>
    public static Task Idle()
    {
        var idle = new TaskCompletionSource();
        LookAgain(idle, 1);
        return idle.Task;
    }

    /// <summary>Runs the simulation on the pool and waits for it.</summary>
    public static T Run<T>(Func<Task<T>> simulation)
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        if (threads != 1) throw new InvalidOperationException($"the pool has {threads} threads, and a simulation needs it to have one");
        return Task.Run(simulation).GetAwaiter().GetResult();
    }

    /// <summary>The global queue comes after the thread's own: whoever looks from it sees what is left.</summary>
    private static void LookAgain(TaskCompletionSource idle, int looks) => ThreadPool.UnsafeQueueUserWorkItem(_ =>
    {
        if (ThreadPool.PendingWorkItemCount == 0) idle.SetResult();
        else if (looks < MostLooks) LookAgain(idle, looks + 1);
        else idle.SetException(new InvalidOperationException("somebody works without end, and time stands still: a loop that never waits"));
    }, null);
}
