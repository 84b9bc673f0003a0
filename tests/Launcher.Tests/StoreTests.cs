using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Stoa.Supervision;

namespace Stoa.Launcher.Tests;

public sealed class StoreTests
{
    [Fact]
    public async Task Starts_every_process_and_writes_down_what_runs()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();

        var run = RunFile.Read(probes.Data)!;
        Assert.Equal(Environment.ProcessId, run.Pid);
        Assert.Equal(ProbeStore.Few.Select(process => process.Name), run.Processes.Select(process => process.Name));
        Assert.All(run.Processes, process => Assert.Equal("ready", process.State));
        Assert.All(run.Processes, process => Assert.True(ProbeStore.Runs(process.Pid!.Value)));
        Assert.All(run.Processes, process => Assert.Equal(0, process.Restarts));
        Assert.All(run.Processes, process => Assert.Matches(@"^\d+\.\d+\.\d+$", process.Version));
        Assert.Equal(run.Url, store.PublicUrl);
    }

    [Fact]
    public async Task Writes_down_where_a_prometheus_finds_each_process()
    {
        await using var probes = new ProbeStore();
        var store = probes.Open();

        var written = JsonSerializer.Deserialize<ScrapeTarget[]>(await File.ReadAllTextAsync(probes.Data.ScrapeTargets, ProbeStore.Stop), RunFile.Json)!;
        Assert.Equal(
            store.Processes.Select(process => (process.Plan.Name, process.Plan.Name, process.Plan.Url.Authority)),
            written.Select(target => (target.Labels.Process, target.Labels.Service, target.Targets.Single())));
    }

    [Fact]
    public async Task Leaves_nothing_behind()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();
        var pids = store.Processes.Select(process => process.Pid!.Value).ToList();

        await store.DisposeAsync();

        Assert.All(pids, pid => Assert.False(ProbeStore.Runs(pid)));
        Assert.Null(RunFile.Read(probes.Data));
        Assert.False(File.Exists(probes.Data.RunFile));
    }

    [Fact]
    public async Task Starts_a_killed_service_again_on_the_same_port()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();
        var before = Of("orders", probes);

        store["orders"].Kill();
        await ProbeStore.Until(() => Of("orders", probes) is { State: "ready", Restarts: 1 }, "the return of orders");

        var after = Of("orders", probes);
        Assert.NotEqual(before.Pid, after.Pid);
        Assert.Equal(before.Url, after.Url);
        Assert.Contains(probes.Changes, change => change is { Process: "orders", State: ProcessState.Restarting });
    }

    [Fact]
    public async Task Refuses_a_second_store_on_one_folder_until_the_first_has_ended()
    {
        await using var probes = new ProbeStore();
        var first = probes.Open();

        var refusal = Assert.Throws<CannotGoOnException>(() => probes.Open());
        Assert.StartsWith($"A store runs on {probes.Data.FullPath} already.", refusal.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        probes.Open();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0.0.0.0")]
    public async Task Refuses_a_port_that_is_taken(string listen)
    {
        await using var probes = new ProbeStore();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = Assert.Throws<CannotGoOnException>(() => probes.Open(new StoreOptions(probes.Data, port, listen)));

        Assert.Equal($"Port {port} is taken by another program. End that one, or choose another port with --port.", refusal.Message);
        Assert.False(probes.Data.IsLocked());
    }

    [Fact]
    public async Task Refuses_a_folder_that_cannot_be_written()
    {
        await using var probes = new ProbeStore();
        var file = probes.Data.FullPath + ".file";
        await File.WriteAllTextAsync(file, "in the way", ProbeStore.Stop);

        var refusal = Assert.Throws<CannotGoOnException>(() => probes.Open(new StoreOptions(new DataFolder(file), Port: 0)));

        Assert.StartsWith($"{file} cannot be written: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_process_did_not_start_and_its_last_words()
    {
        await using var probes = new ProbeStore();
        var store = probes.Open(new StoreOptions(probes.Data, Port: 0));
        using var inTheWay = new TcpListener(IPAddress.Loopback, store["orders"].Plan.Url.Port);
        inTheWay.Start();

        var refusal = await Assert.ThrowsAsync<CannotGoOnException>(() => store.Start(ProbeStore.Stop));

        Assert.StartsWith("orders did not start: it ended ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("address already in use", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"Its log: {probes.Data.LogOf("orders")}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_several_of_a_process_that_owns_no_data()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start(new StoreOptions(probes.Data, Port: 0, Scale: "storefront=2"));

        var both = store.Processes.Where(process => process.Plan.Name.StartsWith("storefront", StringComparison.Ordinal)).ToList();
        Assert.Equal(["storefront", "storefront-2"], both.Select(process => process.Plan.Name));
        var urls = string.Join(';', both.Select(process => process.Plan.Url.ToString().TrimEnd('/')));
        Assert.Equal(urls, await Told(store, "gateway", "Stoa__Services__storefront__Url"));
    }

    internal static async Task<string> Told(Store store, string process, string variable)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(store[process].Plan.Url, $"/environment/{variable}"), ProbeStore.Stop);
    }

    private static ProcessStatus Of(string name, ProbeStore probes) => RunFile.Read(probes.Data)!.Processes.Single(process => process.Name == name);
}
