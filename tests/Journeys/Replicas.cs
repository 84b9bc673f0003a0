using System.Diagnostics;
using System.Globalization;
using Stoa.Audit;
using Stoa.Kit;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Journeys;

/// <summary>Two processes of every service with data, on one PostgreSQL, under a crowd, one of them killed on the way: then
/// the audit, which compares what the bank, the ledger, the orders and the stock say.</summary>
public sealed class Replicas
{
    private const int Shoppers = 64;

    /// <summary>Long enough for some hundred purchases; <c>STOA_TEST_CROWD_SECONDS</c> makes it longer.</summary>
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("STOA_TEST_CROWD_SECONDS") ?? "12", CultureInfo.InvariantCulture));

    private static readonly string[] Twice = [.. Topology.Processes.Where(one => one.OwnsData && one.Name != Topology.Sandbox).Select(one => one.Name + "=2")];

    [Fact]
    public async Task Two_processes_of_each_service_on_one_PostgreSQL_sell_each_thing_once()
    {
        Assert.SkipWhen(TestPostgres.Missing is not null, TestPostgres.Missing ?? "");
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off");
        var folder = Directory.CreateTempSubdirectory("stoa-replicas-");
        try
        {
            var data = new DataFolder(Path.Combine(folder.FullName, "data"));
            var options = new StoreOptions(data, Port: 0, Empty: true, Scale: Twice) { Postgres = await TestPostgres.Superuser, IsTemporary = true };
            await using var store = Store.Open(options, Topology.Processes, Repository.Find());
            await store.Start(TestContext.Current.CancellationToken);
            var journal = new Journal();
            var crowd = new Crowd(new Api(new HttpClient { BaseAddress = store.UrlOf(Topology.Gateway), Timeout = TimeSpan.FromSeconds(20) }), journal);
            await crowd.Stock(store.Staff);
            await Task.WhenAll(crowd.Shop(Shoppers, Rush), KillOneOfEachPair(store, ["orders", "payments-2", "inventory"]));

            Assert.InRange(crowd.Paid, 1, int.MaxValue);
            await BothServed(store, "orders", "POST", "/api/orders");
            await BothServed(store, "inventory", "PUT", "/internal/reservations/");
            var reading = await Audit(data, store, journal);
            Assert.True(reading.IsClean, string.Join('\n', Invariant.All.SelectMany(one => reading.Offenders(one).Take(5).Select(bad => $"{one.Id}: {bad.Subject}: {bad.What}"))));
            TestContext.Current.SendDiagnosticMessage($"{crowd.Placed} orders, {crowd.Paid} paid, {crowd.Refused} out of stock, {crowd.Broken} without an answer");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>In the midst of it; each is started again by itself, and its twin serves meanwhile.</summary>
    private static async Task KillOneOfEachPair(Store store, string[] names)
    {
        foreach (var name in names)
        {
            await Task.Delay(Rush / (names.Length + 1));
            store[name].Kill();
        }
    }

    /// <summary>A service that was killed, or that a busy machine keeps waiting, may say 503 for a while: it is asked again.</summary>
    private static async Task<Reading> Audit(DataFolder data, Store store, Journal journal)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500))
        {
            try
            {
                return await AuditStore.Settled(data, store.UrlOf, journal, TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
            }
            catch (CannotGoOnException) when (waited.Elapsed < TimeSpan.FromSeconds(90))
            {
                // the loop's next turn
            }
        }
    }

    private static async Task BothServed(Store store, string service, string method, string route)
    {
        await Eventually.Is(() => Task.FromResult(new[] { service, service + "-2" }.All(name => store[name].State == ProcessState.Ready)), $"both {service} ready again");
        var twin = await new Api(new HttpClient { BaseAddress = store[service + "-2"].Plan.Url }).Get("/metrics");
        Assert.Contains(twin.Body.Split('\n'), line => line.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && line.Contains($"\"{method}\"", StringComparison.Ordinal) && line.Contains(route, StringComparison.Ordinal));
    }
}
