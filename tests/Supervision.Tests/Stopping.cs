using System.Diagnostics;

namespace Stoa.Supervision.Tests;

public sealed class Stopping
{
    [Fact]
    public async Task Asks_and_waits_for_the_end()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();
        var pid = process.Pid!.Value;

        var took = Stopwatch.StartNew();
        await process.Stop();

        Assert.True(took.Elapsed < process.Plan.StopWithin, "it ended by itself");
        Assert.Equal(ProcessState.Stopped, process.State);
        Assert.Null(process.Pid);
        Assert.False(Probe.Runs(pid));
        Assert.Equal(0, process.Restarts);
    }

    [Fact]
    public async Task Kills_what_does_not_listen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM to be deaf to.");
        await using var probe = new Probe();
        var process = probe.Start(probe.Plan("stubborn") with { StopWithin = TimeSpan.FromMilliseconds(500) });
        await process.Settled(Probe.Stop);
        var pid = process.Pid!.Value;

        var took = Stopwatch.StartNew();
        await process.Stop();

        Assert.False(Probe.Runs(pid));
        Assert.InRange(took.ElapsedMilliseconds, 490, 10_000);
    }

    [Fact]
    public async Task Ends_a_paused_process_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGSTOP.");
        await using var probe = new Probe();
        var process = await probe.StartReady();
        var pid = process.Pid!.Value;

        process.Pause();
        await process.Stop();

        Assert.False(Probe.Runs(pid));
    }

    [Fact]
    public async Task A_stop_between_death_and_restart_stays_a_stop()
    {
        await using var probe = new Probe();
        var process = probe.Start(probe.Plan() with { BackOff = new BackOff(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)) });
        await process.Settled(Probe.Stop);

        process.Kill();
        await Probe.Until(() => process.State is ProcessState.Restarting, "the death");
        await process.Stop();

        Assert.Equal(ProcessState.Stopped, process.State);
        Assert.Null(process.Pid);
    }

    [Fact]
    public async Task A_stop_before_it_is_ready_stays_a_stop()
    {
        await using var probe = new Probe();
        var process = probe.Start("mute");
        await Probe.Until(() => process.Pid is not null, "the start");

        await process.Stop();

        Assert.Equal(ProcessState.Stopped, await process.Settled(Probe.Stop));
        Assert.Null(process.Pid);
    }

    [Fact]
    public async Task Can_be_started_again()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();
        await process.Stop();

        process.Start();

        Assert.Equal(ProcessState.Ready, await process.Settled(Probe.Stop));
    }
}
