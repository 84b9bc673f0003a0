namespace Stoa.Supervision.Tests;

public sealed class Starting
{
    [Fact]
    public async Task Is_ready_when_the_process_says_so()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();

        Assert.Equal(ProcessState.Ready, process.State);
        Assert.True(Probe.Runs(process.Pid!.Value));
        Assert.Equal([ProcessState.Starting, ProcessState.Ready], probe.Changes.Select(change => change.State));
    }

    [Fact]
    public async Task Gives_the_process_its_environment_and_takes_variables_away()
    {
        await using var probe = new Probe();
        var process = probe.Start(probe.Plan() with { Environment = new Dictionary<string, string?> { ["STOA_TOLD"] = "yes", ["PATH"] = null } });
        await process.Settled(Probe.Stop);
        using var http = new HttpClient { BaseAddress = probe.Url };

        Assert.Equal("yes", await http.GetStringAsync("/environment/STOA_TOLD", Probe.Stop));
        Assert.Equal("(none)", await http.GetStringAsync("/environment/PATH", Probe.Stop));
    }

    [Fact]
    public async Task Writes_what_the_process_says_into_its_log()
    {
        await using var probe = new Probe();
        await probe.StartReady();

        await Probe.Until(() => File.ReadAllText(probe.LogFile).Contains($"serving {probe.Url}", StringComparison.Ordinal), "the line in the log");
    }

    [Fact]
    public async Task Fails_at_once_when_the_process_dies_before_it_is_ready()
    {
        await using var probe = new Probe();
        var process = probe.Start("die");

        Assert.Equal(ProcessState.Failed, await process.Settled(Probe.Stop));
        Assert.Equal("it ended with exit code 7 before it was ready", probe.Changes[^1].Reason);
        Assert.Contains("no such luck", await File.ReadAllTextAsync(probe.LogFile, Probe.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_process_is_not_ready_in_time_and_leaves_nothing_behind()
    {
        await using var probe = new Probe();
        var process = probe.Start(probe.Plan("mute") with { ReadyWithin = TimeSpan.FromSeconds(1) });
        await Probe.Until(() => process.Pid is not null, "the start");
        var pid = process.Pid!.Value;

        Assert.Equal(ProcessState.Failed, await process.Settled(Probe.Stop));
        Assert.Equal("it was not ready within 1 s", probe.Changes[^1].Reason);
        Assert.False(Probe.Runs(pid));
    }

    [Fact]
    public async Task Fails_with_a_reason_when_there_is_no_such_program()
    {
        await using var probe = new Probe();
        var process = probe.Start(probe.Plan() with { FileName = "/no/such/program" });

        Assert.Equal(ProcessState.Failed, await process.Settled(Probe.Stop));
        Assert.StartsWith("/no/such/program cannot be started: ", probe.Changes[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_start_twice()
    {
        await using var probe = new Probe();
        var process = await probe.StartReady();

        Assert.Throws<InvalidOperationException>(process.Start);
    }
}
