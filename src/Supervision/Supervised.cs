using System.ComponentModel;
using System.Diagnostics;

namespace Stoa.Supervision;

/// <summary>
/// Keeps one process running: starts it, waits until it is ready, starts it again when it dies, stops it.
/// The Launcher and the fault tests use this same class, so that what is tested is what runs.
/// </summary>
/// <param name="plan">What to run.</param>
/// <param name="changed">Told of each change of state, in order. It must return soon and not throw.</param>
/// <param name="clock">For the back-off.</param>
public sealed class Supervised(ProcessPlan plan, Action<ProcessChange>? changed = null, TimeProvider? clock = null) : IAsyncDisposable
{
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private TaskCompletionSource<ProcessState> _settled = New();
    private CancellationTokenSource _stopping = new();
    private RunningProcess? _running;
    private Task _life = Task.CompletedTask;

    /// <summary>What runs.</summary>
    public ProcessPlan Plan => plan;

    /// <summary>Where the process is in its life.</summary>
    public ProcessState State { get; private set; } = ProcessState.Stopped;

    /// <summary>Why it is Failed, or why it died last; empty if it never did.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>How often it was started again after a death.</summary>
    public int Restarts { get; private set; }

    /// <summary>The process id, or null while none runs.</summary>
    public int? Pid
    {
        get { lock (_gate) return _running?.Pid; }
    }

    /// <summary>Starts it and keeps it running from now on.</summary>
    /// <exception cref="InvalidOperationException">It has been started already.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (!_life.IsCompleted) throw new InvalidOperationException($"{plan.Name} has been started already.");
            _stopping = new CancellationTokenSource();
            _settled = New();
            State = ProcessState.Starting;
            _life = Task.Run(() => Live(_stopping.Token));
        }
    }

    /// <summary>Waits until it is ready, or will not be without a new <see cref="Start"/>.</summary>
    /// <returns>Ready, Failed or Stopped.</returns>
    public Task<ProcessState> Settled(CancellationToken stop)
    {
        lock (_gate) return _settled.Task.WaitAsync(stop);
    }

    /// <summary>Ends it for good: asks, waits <see cref="ProcessPlan.StopWithin"/>, then kills.</summary>
    public Task Stop() => Stop(plan.StopWithin);

    /// <summary>Ends it for good: asks, waits, then kills.</summary>
    /// <param name="patience">How long it may take; zero kills it at once, without asking.</param>
    public async Task Stop(TimeSpan patience)
    {
        await LetGo();
        RunningProcess? last;
        lock (_gate) last = _running;   // read after LetGo: what was not started by then will not be
        if (last is not null) await End(last, patience);
        await _life;
    }

    /// <summary>Its next death is the end of it. First for all, when many are stopped in an order: a Ctrl-C reaches the children too.</summary>
    public Task LetGo()
    {
        CancellationTokenSource end;
        lock (_gate) end = _stopping;
        return end.CancelAsync();
    }

    /// <summary>kill -9, as a fault does it: it will be started again.</summary>
    public void Kill()
    {
        lock (_gate) _running?.Kill();
    }

    /// <summary>SIGSTOP: it holds its connections and answers nobody. Not on Windows.</summary>
    public void Pause()
    {
        lock (_gate) _running?.Pause();
    }

    /// <summary>SIGCONT after <see cref="Pause"/>.</summary>
    public void Continue()
    {
        lock (_gate) _running?.Continue();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Stop();

    private static TaskCompletionSource<ProcessState> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From Start to Stop: one run after the other, with the back-off between them.</summary>
    private async Task Live(CancellationToken stop)
    {
        using var log = new RotatingLog(plan.LogFile);
        changed?.Invoke(new ProcessChange(plan.Name, ProcessState.Starting, ""));
        for (var (deaths, first) = (0, true); !stop.IsCancellationRequested; first = false)
        {
            var (readyFor, reason) = await Run(log, stop);
            if (stop.IsCancellationRequested) break;
            if (first && readyFor is null)
            {
                Become(ProcessState.Failed, reason);
                return;
            }
            deaths = readyFor >= Healthy ? 1 : deaths + 1;
            Become(ProcessState.Restarting, reason);
            await Task.Delay(plan.BackOff.Wait(deaths), _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) Restarts++;
        }
        Become(ProcessState.Stopped, "");
    }

    /// <summary>One run. How long it was ready (null: never), and why it ended.</summary>
    private async Task<(TimeSpan? ReadyFor, string Reason)> Run(RotatingLog log, CancellationToken stop)
    {
        var process = Begin(log, stop, out var refusal);
        if (process is null) return (null, refusal);

        var ready = await BecomesReady(process, stop);
        var since = _clock.GetTimestamp();
        var late = !ready && !process.Exited.IsCompleted && !stop.IsCancellationRequested;
        if (ready) Become(ProcessState.Ready, "");
        if (late) process.Kill();

        var exitCode = await process.Exited;
        lock (_gate) _running = null;
        if (ready) return (_clock.GetElapsedTime(since), $"it ended {Meaning(exitCode)}");
        return (null, late
            ? $"it was not ready within {plan.ReadyWithin.TotalSeconds:0.#} s"
            : $"it ended {Meaning(exitCode)} before it was ready");
    }

    private RunningProcess? Begin(RotatingLog log, CancellationToken stop, out string refusal)
    {
        refusal = "";
        lock (_gate)
        {
            if (stop.IsCancellationRequested) return null;   // Stop has looked already and found nothing to end
            try
            {
                return _running = RunningProcess.Start(plan, log);
            }
            catch (Win32Exception cannot)
            {
                refusal = $"{plan.FileName} cannot be started: {cannot.Message}";
                return null;
            }
        }
    }

    private async Task<bool> BecomesReady(RunningProcess process, CancellationToken stop)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        giveUp.CancelAfter(plan.ReadyWithin);
        var ready = Readiness.Wait(plan.Url, giveUp.Token);
        await Task.WhenAny(ready, process.Exited);
        await giveUp.CancelAsync();
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ready.IsCompletedSuccessfully && !process.Exited.IsCompleted;
    }

    private void Become(ProcessState state, string reason)
    {
        lock (_gate)
        {
            State = state;
            if (state is ProcessState.Failed or ProcessState.Restarting) Failure = reason;
            if (state is ProcessState.Restarting && _settled.Task.IsCompleted) _settled = New();
        }
        changed?.Invoke(new ProcessChange(plan.Name, state, reason));
        if (state is ProcessState.Restarting) return;
        lock (_gate) _settled.TrySetResult(state); // last: what a waiter then reads has been told
    }

    private static async Task End(RunningProcess process, TimeSpan patience)
    {
        if (process.Exited.IsCompleted) return;
        if (patience > TimeSpan.Zero)
        {
            process.AskToEnd();
            await Task.WhenAny(process.Exited, Task.Delay(patience));
        }
        if (!process.Exited.IsCompleted) process.Kill();
        await process.Exited;
    }

    private static string Meaning(int exitCode) => exitCode > 128 && !OperatingSystem.IsWindows()
        ? $"by signal {exitCode - 128}"
        : $"with exit code {exitCode}";
}
