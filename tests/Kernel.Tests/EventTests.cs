using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

public sealed class EventTests
{
    private static Task<TestStore> Start() => TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)]);

    private static Task SumIs(TestStore store, string sum) =>
        Eventually.Get(() => store.Api("summer").Get("/sum"), reply => reply.Body == sum, $"the sum {sum}");

    [Fact]
    public async Task Every_event_takes_effect_once_across_restarts_of_both_sides()
    {
        await using var store = await Start();
        for (var i = 1; i <= 10; i++) await store.Api("teller").Post($"/tell/{i}");
        await SumIs(store, "55");
        await store.Stop("summer");
        await store.Api("teller").Post("/tell/100");
        await store.Run("summer");
        await SumIs(store, "155");
        await store.Stop("teller");
        await store.Run("teller");
        await store.Api("teller").Post("/tell/1000");
        await SumIs(store, "1155");
    }

    [Fact]
    public async Task An_event_that_keeps_failing_is_parked_with_those_of_its_subject_behind_it_and_redriven_in_order()
    {
        await using var store = await Start();
        await store.Api("teller").Post("/tell/-1?subject=bad");
        await store.Api("teller").Post("/tell/5?subject=bad");
        await store.Api("teller").Post("/tell/7?subject=good");
        await SumIs(store, "7");
        var letters = (await store.Internal("summer").Get("/internal/dead-letters")).Json.GetProperty("items");
        Assert.Equal(2, letters.GetArrayLength());
        var redriven = (await store.Internal("summer").Post("/internal/dead-letters/redrive")).Json;
        Assert.Equal(0, redriven.GetProperty("redriven").GetInt32());
        await store.Get<Database>("summer").Write(tx => tx.Execute("UPDATE dead_letters SET event = REPLACE(event, ':-1', ':1')"));
        redriven = (await store.Internal("summer").Post("/internal/dead-letters/redrive")).Json;
        Assert.Equal(2, redriven.GetProperty("redriven").GetInt32());
        await SumIs(store, "13");
    }

    [Fact]
    public async Task A_log_that_does_not_hold_the_readers_event_answers_409_log_diverged()
    {
        await using var store = await Start();
        await store.Api("teller").Post("/tell/1");
        var feed = (await store.Internal("teller").Get("/internal/events?after=0&wait=30")).Json;
        var epoch = feed.GetProperty("epoch").GetString();
        var id = feed.GetProperty("events")[0].GetProperty("event").GetProperty("id").GetString();
        Assert.Equal(200, (await store.Internal("teller").Get($"/internal/events?after=1&epoch={epoch}&last={id}")).Status);
        Assert.Equal("log_diverged", (await store.Internal("teller").Get($"/internal/events?after=1&epoch={Guid.Empty}&last={id}")).Code);
        Assert.Equal("log_diverged", (await store.Internal("teller").Get($"/internal/events?after=1&epoch={epoch}&last={Guid.Empty}")).Code);
        Assert.Equal("log_diverged", (await store.Internal("teller").Get($"/internal/events?after=9&epoch={epoch}&last={id}")).Code);
    }

    [Fact]
    public async Task A_commit_wakes_a_poll_that_waits()
    {
        await using var store = await Start();
        var poll = store.Internal("teller").Get("/internal/events?after=0&wait=30");
        await store.Api("teller").Post("/tell/1");
        var reply = await poll.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, reply.Json.GetProperty("events")[0].GetProperty("position").GetInt64());
        Assert.Equal(0, reply.Json.GetProperty("events")[0].GetProperty("predecessor").GetInt64());
    }
}
