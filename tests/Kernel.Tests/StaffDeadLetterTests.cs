using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>What staff see of events that a service could not take in, and of what waits for a person.</summary>
public sealed class StaffDeadLetterTests
{
    private static readonly Guid Sam = Guid.Parse("01900000-0000-7000-8000-0000000000aa");

    private static Task<TestStore> Start() => TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)]);

    private static Api Staff(TestStore store) => store.Api("summer").As(store.Tokens.Staff(Sam));

    /// <summary>Two events about one subject and one about another that cannot be summed; those behind them wait.</summary>
    private static async Task Park(TestStore store)
    {
        foreach (var path in (string[])["-1?subject=bad", "5?subject=bad", "-2?subject=worse", "7?subject=good"]) await store.Api("teller").Post("/tell/" + path);
        await SumIs(store, "7");
    }

    private static Task SumIs(TestStore store, string sum) => Eventually.Get(() => store.Api("summer").Get("/sum"), reply => reply.Body == sum, $"the sum {sum}");

    private static Task Mend(TestStore store) => store.Get<Database>("summer").Write(tx => tx.Execute("UPDATE dead_letters SET event = REPLACE(REPLACE(event, ':-1', ':1'), ':-2', ':2')"));

    private static async Task<JsonElement[]> Items(TestStore store, string path) => [.. (await Staff(store).Get(path)).Json.GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task Letters_are_shown_whole_page_by_page()
    {
        await using var store = await Start();
        await Park(store);
        var (seen, cursor) = (new List<JsonElement>(), (string?)"");
        while (cursor is not null)
        {
            var page = (await Staff(store).Get("/api/dead-letters/summer?limit=2" + cursor)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : null;
        }

        Assert.Equal([-1, 5, -2], seen.Select(letter => letter.GetProperty("data").GetProperty("value").GetInt32()));
        Assert.Equal(["bad", "bad", "worse"], seen.Select(letter => letter.GetProperty("subject").GetString()));
        Assert.Equal(("teller", "sums", "number.told", 1), (Text(seen[0], "source"), Text(seen[0], "purpose"), Text(seen[0], "type"), seen[0].GetProperty("version").GetInt32()));
        Assert.Contains("not summed", Text(seen[0], "reason"), StringComparison.Ordinal);
        Assert.Equal(400, (await Staff(store).Get("/api/dead-letters/summer?cursor=WyJhIl0")).Status);
        Assert.Equal(400, (await Staff(store).Get("/api/dead-letters/summer/redriven?cursor=WyJhIl0")).Status);
    }

    [Fact]
    public async Task One_subject_is_redriven_in_order_and_who_did_it_is_kept_with_what_had_kept_it()
    {
        await using var store = await Start();
        await Park(store);
        await Mend(store);
        var outcome = (await Staff(store).Post("/api/dead-letters/summer/redrive", new { subject = "bad" })).Json;
        Assert.Equal((2, 0), (outcome.GetProperty("redriven").GetInt32(), outcome.GetProperty("left").GetArrayLength()));
        await SumIs(store, "13");
        Assert.Equal("worse", Text(Assert.Single(await Items(store, "/api/dead-letters/summer")), "subject"));
        var kept = await Items(store, "/api/dead-letters/summer/redriven");
        Assert.Equal(["bad", "bad"], kept.Select(letter => Text(letter, "subject")));
        Assert.All(kept, letter => Assert.Equal(Sam, letter.GetProperty("actorId").GetGuid()));
        Assert.Contains(kept, letter => Text(letter, "reason").Contains("not summed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_another_source_or_purpose_is_redriven_and_without_a_wish_all_is()
    {
        await using var store = await Start();
        await Park(store);
        await Mend(store);
        Assert.Equal(0, (await Staff(store).Post("/api/dead-letters/summer/redrive", new { source = "elsewhere" })).Json.GetProperty("redriven").GetInt32());
        Assert.Equal(0, (await Staff(store).Post("/api/dead-letters/summer/redrive", new { source = "teller", purpose = "else" })).Json.GetProperty("redriven").GetInt32());
        Assert.Equal(3, (await Staff(store).Post("/api/dead-letters/summer/redrive", new { })).Json.GetProperty("redriven").GetInt32());
        await SumIs(store, "15");
    }

    [Fact]
    public async Task What_still_fails_stays_is_named_and_is_not_recorded()
    {
        await using var store = await Start();
        await Park(store);
        var outcome = (await Staff(store).Post("/api/dead-letters/summer/redrive", new { })).Json;
        Assert.Equal((0, 2), (outcome.GetProperty("redriven").GetInt32(), outcome.GetProperty("left").GetArrayLength()));
        Assert.Empty(await Items(store, "/api/dead-letters/summer/redriven"));
        Assert.Equal(3, (await Items(store, "/api/dead-letters/summer")).Length);
    }

    [Fact]
    public async Task The_operators_hand_is_told_from_staffs()
    {
        await using var store = await Start();
        await Park(store);
        await Mend(store);
        await store.Internal("summer").Post("/internal/dead-letters/redrive");
        Assert.All(await Items(store, "/api/dead-letters/summer/redriven"), letter => Assert.Equal(JsonValueKind.Null, letter.GetProperty("actorId").ValueKind));
    }

    [Fact]
    public async Task Dead_letters_wait_for_a_person_until_they_took_effect()
    {
        await using var store = await Start();
        Assert.Empty(await Items(store, "/api/attention/summer"));
        await Park(store);
        var row = Assert.Single(await Items(store, "/api/attention/summer"));
        Assert.Equal(("dead_letters", 3), (Text(row, "kind"), row.GetProperty("count").GetInt32()));
        Assert.Equal("teller/sums", Text(Assert.Single(row.GetProperty("things").EnumerateArray()), "subject"));
        Assert.Equal((await Items(store, "/api/dead-letters/summer"))[0].GetProperty("parkedAt").GetDateTimeOffset(), row.GetProperty("since").GetDateTimeOffset());
        await Mend(store);
        await Staff(store).Post("/api/dead-letters/summer/redrive", new { });
        Assert.Empty(await Items(store, "/api/attention/summer"));
    }

    [Theory]
    [InlineData("GET", "/api/dead-letters/summer"), InlineData("GET", "/api/dead-letters/summer/redriven"), InlineData("POST", "/api/dead-letters/summer/redrive"), InlineData("GET", "/api/attention/summer")]
    public async Task Nobody_but_staff_may(string method, string path)
    {
        await using var store = await Start();
        Task<Reply> Send(string? token) => store.Api("summer").As(token).Send(new HttpMethod(method), path, method == "POST" ? "{}" : null, null, []);
        Assert.Equal(401, (await Send(null)).Status);
        Assert.Equal(403, (await Send(store.Tokens.Customer(Sam))).Status);
        Assert.Equal(403, (await Send(store.Tokens.Guest(Sam))).Status);
        Assert.Equal(200, (await Send(store.Tokens.Admin(Sam))).Status);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
