using System.Diagnostics;
using System.Net;

namespace Stoa.Supervision.Tests;

public sealed class Dying
{
    [Fact]
    public async Task Starts_a_killed_process_again_and_says_so()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();
        var first = process.Pid!.Value;

        process.Kill();
        await Probe.Until(() => process is { State: ProcessState.Ready, Restarts: 1 }, "the restart");

        Assert.NotEqual(first, process.Pid);
        Assert.False(Probe.Runs(first));
        Assert.Equal(
            [ProcessState.Starting, ProcessState.Ready, ProcessState.Restarting, ProcessState.Ready],
            probe.Changes.Select(change => change.State));
        if (!OperatingSystem.IsWindows()) Assert.Equal("it ended by signal 9", probe.Changes[2].Reason);
    }

    [Fact]
    public async Task Goes_on_as_often_as_it_dies()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();

        for (var deaths = 1; deaths <= 3; deaths++)
        {
            process.Kill();
            await Probe.Until(() => process.State is ProcessState.Ready && process.Restarts == deaths, $"restart {deaths}");
        }
    }

    [Fact]
    public async Task A_paused_process_answers_nobody_until_it_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGSTOP.");
        await using var probe = new Probe();
        var process = await probe.StartReady();
        using var http = new HttpClient { BaseAddress = probe.Url, Timeout = TimeSpan.FromMilliseconds(300) };

        process.Pause();
        await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetAsync("/health/ready", Probe.Stop));
        process.Continue();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", Probe.Stop)).StatusCode);
        Assert.Equal(0, process.Restarts);
    }

    [Fact]
    public async Task The_child_ends_when_its_supervisor_is_killed()
    {
        await using var probe = new Probe();
        using var supervisor = Process.Start(new ProcessStartInfo(Probe.Program, ["supervise", probe.Url.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await supervisor.StandardOutput.ReadLineAsync(Probe.Stop);
        Assert.StartsWith("Ready ", said, StringComparison.Ordinal);
        var child = int.Parse(said!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Probe.Runs(child));

        supervisor.Kill();   // this one process, as kill -9 does, not its tree

        await Probe.Until(() => !Probe.Runs(child), "the end of the child");
    }
}
