using System.Globalization;
using Stoa.Audit;
using Stoa.Kit;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Journeys;

/// <summary>Two processes of every service with data, on one PostgreSQL, under a crowd and in a flash sale, one of each pair killed on
/// the way: then the audit, which compares what the bank, the ledger, the orders and the stock say.</summary>
public sealed class Replicas(TwinStore twins)
{
    private const int Shoppers = 64;

    /// <summary>Long enough for some hundred purchases; <c>STOA_TEST_CROWD_SECONDS</c> makes it longer.</summary>
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("STOA_TEST_CROWD_SECONDS") ?? "12", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Two_processes_of_each_service_on_one_PostgreSQL_sell_each_thing_once()
    {
        var store = await twins.Open();
        var journal = new Journal();
        var crowd = new Crowd(At(store.UrlOf(Topology.Gateway)), journal);
        await crowd.Stock(store.Staff);

        await Task.WhenAll(crowd.Shop(Shoppers, Rush), KillOneOfEachPair(store, ["orders", "payments-2", "inventory"]));

        Assert.InRange(crowd.Paid, 1, int.MaxValue);
        await BothServed(store, "orders", "POST", "/api/orders");
        await BothServed(store, "inventory", "PUT", "/internal/reservations/");
        Assert.Empty(await twins.Wrongs(journal));
        TestContext.Current.SendDiagnosticMessage($"{crowd.Placed} orders, {crowd.Paid} paid, {crowd.Refused} out of stock, {crowd.Broken} without an answer");
    }

    /// <summary>The decisions of two Inventories, two Orders and two Payments meet in the rows that they lock (P7, S2, S4).</summary>
    [Fact]
    public async Task Fifty_of_a_thousand_get_one_while_one_inventory_of_two_is_being_killed()
    {
        var store = await twins.Open();
        var gateway = At(store.UrlOf(Topology.Gateway));
        var login = await gateway.Post("/api/sessions", new { store.Staff.Email, store.Staff.Password });
        var sale = new Sale(gateway, gateway.As(login.Json.GetProperty("accessToken").GetString()), "FLASH");
        await sale.Open(FlashSale.Units);

        var rush = sale.Rush(FlashSale.Buyers);
        await FlashSale.KillAgainAndAgain(store["inventory-2"], sale, rush);

        await FlashSale.IsAsItMustBe(sale, await rush);
        Assert.Empty(await twins.Wrongs(new Journal()));
    }

    private static Api At(Uri url) => new(new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(20) });

    /// <summary>In the midst of it; each is started again by itself, and its twin serves meanwhile.</summary>
    private static async Task KillOneOfEachPair(Store store, string[] names)
    {
        foreach (var name in names)
        {
            await Task.Delay(Rush / (names.Length + 1));
            store[name].Kill();
        }
    }

    private static async Task BothServed(Store store, string service, string method, string route)
    {
        await Eventually.Is(() => Task.FromResult(new[] { service, service + "-2" }.All(name => store[name].State == ProcessState.Ready)), $"both {service} ready again");
        var twin = await At(store[service + "-2"].Plan.Url).Get("/metrics");
        Assert.Contains(twin.Body.Split('\n'), line => line.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && line.Contains($"\"{method}\"", StringComparison.Ordinal) && line.Contains(route, StringComparison.Ordinal));
    }
}
