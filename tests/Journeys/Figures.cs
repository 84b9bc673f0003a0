using System.Text.Json;
using System.Text.RegularExpressions;
using Stoa.Kit;
using Stoa.Launcher;

namespace Stoa.Journeys;

/// <summary>What a Prometheus sees of the running store, with the shipped rules and the queries of the shipped dashboards.</summary>
public sealed partial class Figures(RunningStore store)
{
    private static readonly string Deploy = Path.Combine(Repository.Find().Root, "deploy");
    private static readonly string Rules = Path.Combine(Deploy, "prometheus", "rules.yml");

    [Fact]
    public async Task A_prometheus_sees_every_process_and_a_merchants_webhook_go_and_what_the_dashboards_ask_for()
    {
        Assert.SkipUnless(TestPrometheus.Missing is null, TestPrometheus.Missing ?? "");
        await using var prometheus = await TestPrometheus.Start(Rules, store.Data.ScrapeTargets);
        await Eventually.Get(() => prometheus.Figure("count(up{job=\"stoa\"} == 1 and on (process) stoa_ready == 1)"), seen => seen == store.Processes.Count, "every process, ready");

        await SomethingFails();
        await AWebhookGoes();
        await Eventually.Get(() => prometheus.Query("ALERTS{alertname=\"StoaWebhookSwitchedOff\", alertstate=\"firing\", service=\"notifications\"}"), seen => seen.Length == 1, "the alert");

        var queries = Directory.GetFiles(Path.Combine(Deploy, "grafana"), "*.json").SelectMany(Queries).ToList();
        Assert.NotEmpty(queries);
        foreach (var query in queries) await prometheus.Query(query); // throws where it is no query
        string[] named = [.. queries.Append(await File.ReadAllTextAsync(Rules, TestContext.Current.CancellationToken)).SelectMany(Names).Distinct()];
        await Eventually.Get(async () => named.Except(await prometheus.Names()).ToArray(), missing => missing.Length == 0, "all metrics that are asked for");
        Assert.Contains("stoa_subscription_lag_seconds", named);
    }

    [Fact]
    public async Task Staff_see_every_process_and_what_became_of_the_orders()
    {
        var staff = await store.Staff();
        var seen = await Eventually.Get(async () => (await staff.Get("/api/operations")).Json.GetProperty("processes").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!),
            all => all.Values.All(one => one.GetProperty("state").GetString() == "ready"), "every process, ready");
        Assert.Equal(store.Processes.Select(process => process.Plan.Name).Order(), seen.Keys.Order());
        Assert.All(store.Processes, process => Assert.Equal(process.Restarts, seen[process.Plan.Name].GetProperty("restarts").GetInt32()));
        Assert.InRange(seen["gateway"].GetProperty("facts").GetProperty("hour").EnumerateArray().Sum(minute => minute.GetProperty("requests").GetInt32()), 1, int.MaxValue);
        Assert.Contains(seen["orders"].GetProperty("facts").GetProperty("subscriptions").EnumerateArray(), one => one.GetProperty("source").GetString() == "payments");
    }

    /// <summary>The back office itself, which no other journey needs.</summary>
    [Fact]
    public async Task Staff_see_who_does_not_answer_and_who_died_and_is_back()
    {
        var (staff, process) = (await store.Staff(), store["backoffice"]);
        process.Pause();
        try
        {
            await Eventually.Get(() => Shown(staff, process.Plan.Name), seen => seen == ("not_answering", process.Restarts, false), "a process that is silent");
        }
        finally
        {
            process.Continue();
        }

        var restarts = process.Restarts;
        process.Kill();
        await Eventually.Get(() => Shown(staff, process.Plan.Name), seen => seen == ("ready", restarts + 1, true), "a process that was started again");
        await Eventually.Is(async () => (await store.Gateway.Get("/admin/login")).Status == 200, "the back office through the Gateway");
    }

    private static async Task<(string? State, int Restarts, bool Tells)> Shown(Api staff, string name)
    {
        var seen = (await staff.Get("/api/operations")).Json.GetProperty("processes").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        return (seen.GetProperty("state").GetString(), seen.GetProperty("restarts").GetInt32(), seen.GetProperty("facts").ValueKind == JsonValueKind.Object);
    }

    private async Task SomethingFails()
    {
        store["carts"].Pause();
        try
        {
            Assert.Equal(503, (await (await store.Shopper()).Api.Get("/api/cart")).Status);
        }
        finally
        {
            store["carts"].Continue();
        }
    }

    private async Task AWebhookGoes()
    {
        await using var receiver = await GoneReceiver.Open(store.WebhookPort);
        var registered = await (await store.Staff()).Post("/api/webhooks", new { url = $"http://127.0.0.1:{store.WebhookPort}/hook", events = new[] { "order.paid" } });
        Assert.Equal(201, registered.Status);
        var ada = await store.Shopper();
        var (wanted, orderKey, payKey) = (await ada.Finds(12), Shopper.NewKey(), Shopper.NewKey());
        var order = await Eventually.Get(() => ada.Orders(wanted, key: orderKey), reply => reply.Status == 201, "an order"); // busy as everything may be
        await Eventually.Get(() => ada.Pays(Shopper.Id(order), key: payKey), reply => reply.Status == 201, "its payment");
        await receiver.Called.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Queries(string dashboard) => Expressions(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(dashboard)))
        .Select(query => query.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$service", "orders", StringComparison.Ordinal));

    private static IEnumerable<string> Expressions(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => member.NameEquals("expr") ? [member.Value.GetString()!] : Expressions(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    /// <summary>What is recorded is named stoa:…, what is measured begins with where it comes from.</summary>
    private static IEnumerable<string> Names(string query) => Name().Matches(Comment().Replace(query, "")).Select(found => found.Value);

    [GeneratedRegex(@"\b(stoa|http_server|http_client|kestrel|dotnet|process_start)[_:][a-z0-9_:]+\b(?!\s*=)")]
    private static partial Regex Name();

    [GeneratedRegex("^ *#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
