using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>Ends the store that runs on a data folder, and waits until nothing of it is left.</summary>
public static class Down
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<int> Run(DataFolder data, CancellationToken stop)
    {
        var run = RunFile.Require(data);
        Ask(data, run.Pid);
        for (var waited = Stopwatch.StartNew(); data.IsLocked(); await Task.Delay(50, stop))
        {
            if (waited.Elapsed > Patience)
                throw new CannotGoOnException($"The store on {data.FullPath} did not end within {Patience.TotalSeconds} s. Its Launcher is process {run.Pid}.");
        }
        Console.WriteLine($"The store on {data.FullPath} has ended.");
        return 0;
    }

    /// <summary>Windows has no SIGTERM: the Launcher waits for an event there.</summary>
    public static EventWaitHandle? WaitHandle(DataFolder data)
    {
        if (!OperatingSystem.IsWindows()) return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.FullPath)));
        return new EventWaitHandle(false, EventResetMode.ManualReset, $"stoa-down-{hash[..16]}");
    }

    private static void Ask(DataFolder data, int launcher)
    {
        if (WaitHandle(data) is not { } handle)
        {
            Signals.AskToEnd(launcher);
            return;
        }
        using (handle) handle.Set();
    }
}
