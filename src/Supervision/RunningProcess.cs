using System.Diagnostics;

namespace Stoa.Supervision;

/// <summary>One run of a process: from its start to its exit. What ends it and what its exit means is decided above.</summary>
internal sealed class RunningProcess
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _pumps;

    private RunningProcess(Process process, RotatingLog log)
    {
        _process = process;
        Pid = process.Id;
        _pumps = Task.WhenAll(Pump(process.StandardOutput, log), Pump(process.StandardError, log));
        Exited = WaitForExit();
    }

    public int Pid { get; }

    /// <summary>Ends with the exit code, once the last words are in the log. 128 + n: ended by signal n.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts the process with an open pipe as its standard input: when we end, however, it reads the end of it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static RunningProcess Start(ProcessPlan plan, RotatingLog log)
    {
        var start = new ProcessStartInfo(plan.FileName, plan.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in plan.Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        Scheduling.Patient(process.Id);
        return new RunningProcess(process, log);
    }

    /// <summary>Asks it to end: SIGTERM, and the end of its standard input where there are no signals.</summary>
    public void AskToEnd()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.StandardInput.Close();
            return;
        }
        Signals.AskToEnd(Pid);
        Signals.Continue(Pid);   // a paused process gets its SIGTERM only when it goes on
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended in this very moment, which is what was asked.
        }
    }

    public void Pause() => Signals.Pause(Pid);

    public void Continue() => Signals.Continue(Pid);

    private static async Task Pump(StreamReader from, RotatingLog log)
    {
        while (await from.ReadLineAsync() is { } line) log.Write(line);
    }

    private async Task<int> WaitForExit()
    {
        await _process.WaitForExitAsync();
        // A grandchild that inherited the pipes may hold them open for ever; the process itself has ended.
        await Task.WhenAny(_pumps, Task.Delay(LastWords));
        var exitCode = _process.ExitCode;
        _process.Dispose();
        return exitCode;
    }
}
