using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>Runs the loops of a service, wakes them, or lets somebody else take their steps.</summary>
public sealed partial class LoopRegistry : BackgroundService
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Running> _loops = new(StringComparer.Ordinal);
    private readonly Seams _seams;
    private readonly Entropy _entropy;
    private readonly ILogger<LoopRegistry> _log;

    internal LoopRegistry(Seams seams, Entropy entropy, ILogger<LoopRegistry> log)
    {
        _seams = seams;
        _entropy = entropy;
        _log = log;
    }

    /// <summary>The loops' names, in the order in which they were added.</summary>
    public IReadOnlyCollection<string> Names => _loops.Keys;

    /// <summary>Cuts a loop's wait short. A wake during a step makes another step follow.</summary>
    /// <param name="name">The loop's name; an unknown one is a bug.</param>
    public void Wake(string name) => _loops[name].Wake();

    /// <summary>Takes one step of a loop that does not run by itself.</summary>
    /// <returns>What the step returned.</returns>
    public Task<TimeSpan> Step(string name, CancellationToken stop) => _loops[name].Loop.Step(stop);

    internal void Add(ILoop loop) => _loops.Add(loop.Name, new Running(loop));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _seams.LoopsRun ? Task.WhenAll(_loops.Values.Select(loop => Task.Run(() => Run(loop, stoppingToken), stoppingToken))) : Task.CompletedTask;

    private async Task Run(Running running, CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await running.Loop.Step(stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // a loop outlives every fault of a step; the fault is told and the step tried again
            catch (Exception fault)
#pragma warning restore CA1031
            {
                wait = _entropy.BackOff(++failures, FirstBackOff, LongestBackOff);
                LogStepFailed(_log, fault, running.Loop.Name, wait.TotalMilliseconds);
            }

            await running.Wait(wait, _seams.Clock, stop);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "loop {Loop}: a step failed, the next in {WaitMs} ms")]
    private static partial void LogStepFailed(ILogger log, Exception fault, string loop, double waitMs);

    private sealed class Running(ILoop loop)
    {
        private TaskCompletionSource _woken = NewSignal();

        public ILoop Loop => loop;

        public void Wake() => Volatile.Read(ref _woken).TrySetResult();

        /// <summary>Waits by the clock of the seams; a wake, also one that came during the step, ends it. A step follows
        /// always, so that a wake which falls here is seen by it.</summary>
        public async Task Wait(TimeSpan longest, TimeProvider clock, CancellationToken stop)
        {
            if (longest > TimeSpan.Zero)
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(Volatile.Read(ref _woken).Task, Task.Delay(WholeMilliseconds(longest), clock, over.Token));
                await over.CancelAsync();
            }

            if (_woken.Task.IsCompleted) Volatile.Write(ref _woken, NewSignal());
        }

        /// <summary>Task.Delay drops what is less than a millisecond, and a loop that waits for a time would spin until then.</summary>
        private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
