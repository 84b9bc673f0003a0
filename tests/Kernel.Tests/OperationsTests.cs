using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>What a process tells of itself and of its last hour.</summary>
public sealed class OperationsTests
{
    private readonly ManualClock _clock = new();

    /// <summary>Its requests take as long as they are told to.</summary>
    private WebApplication Worker(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("worker", args, seams).Build();
        app.MapPost("/takes/{ms:int}", (int ms) => _clock.Advance(TimeSpan.FromMilliseconds(ms)));
        app.MapGet("/bug", string () => throw new InvalidCastException("a bug"));
        return app;
    }

    private Task<TestStore> Start() => TestStore.Start([("worker", Worker)], _clock);

    [Fact]
    public async Task Counts_each_minutes_requests_and_failures_and_forgets_them_after_an_hour()
    {
        await using var store = await Start();
        foreach (var path in (string[])["/nowhere", "/bug", "/nowhere", "/nowhere"]) await store.Api("worker").Get(path);
        var facts = await Until(store, hour => Requests(hour[^1]) == 4);
        Assert.Equal((1, 0.25), (facts.GetProperty("hour")[59].GetProperty("failures").GetInt32(), facts.GetProperty("now").GetProperty("failureRatio").GetDouble()));

        _clock.Advance(TimeSpan.FromMinutes(59));
        await store.Api("worker").Get("/nowhere");
        var hour = (await Until(store, hour => Requests(hour[^1]) == 1)).GetProperty("hour").EnumerateArray().ToArray();
        Assert.Equal((60, 4, 5), (hour.Length, Requests(hour[0]), hour.Sum(Requests)));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await store.Api("worker").Get("/nowhere"); // takes the place of the minute that is gone
        await Until(store, hour => Requests(hour[^1]) == 1 && hour.Sum(Requests) == 2);
    }

    [Fact]
    public async Task Does_not_count_who_asks_how_it_is()
    {
        await using var store = await Start();
        foreach (var path in (string[])["/health/live", "/health/ready", "/metrics"]) Assert.Equal(200, (await store.Api("worker").Get(path)).Status);
        await store.Api("worker").Get("/nowhere");
        await Until(store, hour => Requests(hour[^1]) > 0);
        Assert.Equal(1, Requests((await Facts(store)).GetProperty("hour")[59]));
    }

    [Fact]
    public async Task Knows_within_an_eighth_in_which_time_half_and_nearly_all_were_answered()
    {
        await using var store = await Start();
        for (var i = 0; i < 98; i++) await store.Api("worker").Post("/takes/10");
        for (var i = 0; i < 2; i++) await store.Api("worker").Post("/takes/1000");
        var now = (await Until(store, hour => hour.Sum(Requests) == 100)).GetProperty("now");
        Assert.InRange(now.GetProperty("p50Ms").GetDouble(), 10, 11.25);
        Assert.InRange(now.GetProperty("p99Ms").GetDouble(), 1000, 1125);
    }

    [Fact]
    public async Task Tells_how_long_it_has_been_cut_off_from_what_it_reads_and_what_it_has_parked()
    {
        await using var store = await TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)], _clock);
        await store.Api("teller").Post("/tell/-1");
        await Eventually.Get(async () => (await Facts(store, "summer")).TryGetProperty("deadLetters", out var letters) ? letters.ToString() : null, seen => seen == """[{"source":"teller","purpose":"sums","letters":1}]""", "a dead letter");
        await store.Stop("teller");
        await Eventually.Is(async () => await LagAfter(store, TimeSpan.FromSeconds(5)) > 30, "a lag that grows");
        await store.Run("teller");
        await Eventually.Is(async () => await LagAfter(store, TimeSpan.FromSeconds(1)) == 0, "no lag");
    }

    [Fact]
    public async Task Is_not_behind_once_it_has_read_what_had_waited()
    {
        await using var store = await TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)], _clock);
        await store.Api("teller").Post("/tell/1");
        await Eventually.Is(async () => await Reading(store, "position") == 1, "the first event");
        await store.Stop("summer");
        await store.Api("teller").Post("/tell/2");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await store.Run("summer");
        await Eventually.Is(async () => await Reading(store, "position") == 2, "what had waited");
        Assert.Equal(0, await Reading(store, "lagSeconds"));
    }

    [Fact]
    public async Task Counts_a_silent_source_as_away_from_when_it_was_asked()
    {
        var silent = false;
        await using var store = await TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)], _clock, outbound: _ => new Falls(() => silent));
        await store.Api("teller").Post("/tell/1");
        await Eventually.Is(async () => await Reading(store, "position") == 1, "the first event");
        silent = true;
        var lag = await Eventually.Get(() => LagAfter(store, TimeSpan.FromSeconds(5)), seen => seen > 0, "a lag");
        Assert.InRange(lag, 30, double.MaxValue);
    }

    /// <summary>Lets nothing out while the other side is silent.</summary>
    private sealed class Falls(Func<bool> silent) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (silent()) await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private async Task<double> LagAfter(TestStore store, TimeSpan time)
    {
        _clock.Advance(time);
        return await Reading(store, "lagSeconds");
    }

    private static async Task<double> Reading(TestStore store, string figure) =>
        (await Facts(store, "summer")).GetProperty("subscriptions")[0].GetProperty(figure).GetDouble();

    /// <summary>An answer may arrive a moment before it is counted.</summary>
    private static async Task<JsonElement> Until(TestStore store, Func<JsonElement[], bool> holds)
    {
        var facts = await Eventually.Get(() => Facts(store), seen => holds([.. seen.GetProperty("hour").EnumerateArray()]), "the requests in the hour");
        Assert.True(facts.GetProperty("ready").GetBoolean());
        return facts;
    }

    private static async Task<JsonElement> Facts(TestStore store, string service = "worker") => (await store.Internal(service).Get("/internal/operations")).Json;

    private static int Requests(JsonElement minute) => minute.GetProperty("requests").GetInt32();
}
