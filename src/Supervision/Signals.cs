using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Stoa.Supervision;

/// <summary>kill(2), for the signals that .NET's Process cannot send.</summary>
public static partial class Signals
{
    // POSIX fixes the number of SIGTERM only; macOS (and the BSDs) number the other two otherwise than Linux.
    private const int Terminate = 15;

    private static int Stop => OperatingSystem.IsLinux() ? 19 : 17;

    private static int Go => OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>SIGTERM. Nothing happens when the process has ended already.</summary>
    public static void AskToEnd(int pid) => Send(pid, Terminate);

    /// <summary>SIGSTOP.</summary>
    public static void Pause(int pid) => Send(pid, Stop);

    /// <summary>SIGCONT.</summary>
    public static void Continue(int pid) => Send(pid, Go);

    private static void Send(int pid, int signal)
    {
        const int NoSuchProcess = 3;
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Windows has no signals.");
        if (Kill(pid, signal) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var error)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
