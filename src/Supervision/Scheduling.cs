using System.Runtime.InteropServices;

namespace Stoa.Supervision;

/// <summary>How the kernel shares processors among the processes.</summary>
internal static partial class Scheduling
{
    private const int Batch = 3; // SCHED_BATCH, sched(7)

    /// <summary>From here on a thread of this process that wakes up does not push another off its processor before its
    /// turn is over. With a dozen processes on few processors, each purchase otherwise costs well over a hundred such
    /// switches, each with cold caches. Its share stays the same. Only Linux has this, and a container may forbid it: all else works
    /// without.</summary>
    /// <param name="pid">A process that was just started: its threads inherit it.</param>
    public static void Patient(int pid)
    {
        var priority = 0; // struct sched_param, and 0 for all that is not real-time
        if (OperatingSystem.IsLinux()) _ = SetScheduler(pid, Batch, in priority);
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int pid, int policy, in int priority);
}
