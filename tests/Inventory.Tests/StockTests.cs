using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Inventory.Tests;

/// <summary>What staff see and do.</summary>
public sealed class StockTests(Shelf shelf)
{
    [Fact]
    public async Task Shows_one_sku_with_an_etag_that_follows_every_change()
    {
        var cups = await shelf.Sku(5);
        var first = await shelf.Staff.Get($"/api/stock/{cups}");
        Assert.Equal($$"""{"sku":"{{cups}}","onHand":5,"reserved":0,"available":5}""", first.Body);
        Assert.Equal(304, (await shelf.Staff.Get($"/api/stock/{cups}", ("If-None-Match", first.Header("ETag")!))).Status);
        await shelf.Put(shelf.NewId(), new SkuQuantity(cups, 2));
        var second = await shelf.Staff.Get($"/api/stock/{cups}", ("If-None-Match", first.Header("ETag")!));
        Assert.Equal($$"""{"sku":"{{cups}}","onHand":5,"reserved":2,"available":3}""", second.Body);
    }

    [Fact]
    public async Task Lists_the_named_skus_repeated_or_with_commas_and_leaves_out_unknown_ones()
    {
        string[] skus = [await shelf.Sku(1), await shelf.Sku(2), await shelf.Sku(3)];
        var listed = (await shelf.Staff.Get($"/api/stock?sku={skus[0]},{skus[1]}&sku={skus[2]}&sku=NO-SUCH-SKU")).Json.GetProperty("items");
        Assert.Equal(skus.Order(StringComparer.Ordinal), listed.EnumerateArray().Select(one => one.GetProperty("sku").GetString()!));
    }

    [Fact]
    public async Task Walks_all_pages_and_meets_each_sku_once()
    {
        string[] skus = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shelf.Sku(1)))];
        var (path, seen, cursor) = ($"/api/stock?limit=2&sku={string.Join(',', skus)}", new List<string>(), (string?)null);
        do
        {
            var page = (await shelf.Staff.Get(path + (cursor is null ? "" : "&cursor=" + cursor))).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("sku").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(skus.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Adjusts_and_answers_the_new_figures_and_records_who_did_it()
    {
        var cups = await shelf.Sku(5);
        var reply = await shelf.Adjust(cups, -2);
        Assert.Equal((201, $$"""{"sku":"{{cups}}","onHand":3,"reserved":0,"available":3}"""), (reply.Status, reply.Body));
        var movement = (await shelf.Staff.Get($"/api/stock/{cups}/movements")).Json.GetProperty("items")[0];
        Assert.Equal("adjustment", movement.GetProperty("kind").GetString());
        Assert.Equal(-2, movement.GetProperty("quantity").GetInt64());
        Assert.Equal("counted", movement.GetProperty("reason").GetString());
        Assert.Equal(Shelf.Clerk, movement.GetProperty("madeBy").GetGuid());
        Assert.Equal(3, movement.GetProperty("onHandAfter").GetInt64());
    }

    [Fact]
    public async Task I1_The_same_key_adjusts_once_and_answers_the_same()
    {
        var (cups, key) = (await shelf.Sku(5), shelf.NewId().ToString());
        var first = await shelf.Adjust(cups, 2, key);
        await shelf.Adjust(cups, 1);
        var again = await shelf.Adjust(cups, 2, key);
        Assert.Equal((first.Status, first.Body, "true"), (again.Status, again.Body, again.Header("Idempotency-Replayed")));
        Assert.Equal((8, 0), await shelf.Stock(cups));
    }

    [Fact]
    public async Task Refuses_a_key_that_was_used_for_another_adjustment()
    {
        var (cups, key) = (await shelf.Sku(5), shelf.NewId().ToString());
        await shelf.Adjust(cups, 2, key);
        Assert.Equal((422, "idempotency_key_reused"), Both(await shelf.Adjust(cups, 3, key)));
    }

    [Fact]
    public async Task I3_A_refused_adjustment_leaves_its_key_free()
    {
        var (cups, key) = (await shelf.Sku(5), shelf.NewId().ToString());
        Assert.Equal((409, "stock_below_zero"), Both(await shelf.Adjust(cups, -6, key)));
        Assert.Equal(201, (await shelf.Adjust(cups, -5, key)).Status);
    }

    [Fact]
    public async Task Refuses_to_go_below_what_orders_hold()
    {
        var cups = await shelf.Sku(5);
        await shelf.Put(shelf.NewId(), new SkuQuantity(cups, 3));
        Assert.Equal((409, "stock_below_zero"), Both(await shelf.Adjust(cups, -3)));
        Assert.Equal(201, (await shelf.Adjust(cups, -2)).Status);
        Assert.Equal((3, 3), await shelf.Stock(cups));
    }

    [Fact]
    public async Task Refuses_an_adjustment_of_another_version_than_the_one_that_was_seen()
    {
        var cups = await shelf.Sku(5);
        var tag = (await shelf.Staff.Get($"/api/stock/{cups}")).Header("ETag")!;
        var change = new { delta = 1, reason = "found one" };
        Assert.Equal(201, (await shelf.Staff.Post($"/api/stock/{cups}/adjustments", change, shelf.NewId().ToString(), ("If-Match", tag))).Status);
        Assert.Equal((412, "version_changed"), Both(await shelf.Staff.Post($"/api/stock/{cups}/adjustments", change, shelf.NewId().ToString(), ("If-Match", tag))));
    }

    [Theory]
    [InlineData("""{"delta": 0, "reason": "none"}""")]
    [InlineData("""{"delta": 1000001, "reason": "much"}""")]
    [InlineData("""{"delta": 1}""")]
    [InlineData("""{"delta": 1, "reason": " "}""")]
    [InlineData("""{"reason": "found"}""")]
    public async Task Refuses_an_adjustment_without_a_sensible_delta_and_a_reason(string body)
    {
        var cups = await shelf.Sku(0);
        Assert.Equal((422, "validation"), Both(await shelf.Staff.Post($"/api/stock/{cups}/adjustments", body, shelf.NewId().ToString())));
    }

    [Fact]
    public async Task Refuses_what_is_not_there_without_a_key_or_not_for_this_caller()
    {
        var cups = await shelf.Sku(1);
        var change = new { delta = 1, reason = "found one" };
        Assert.Equal((404, "sku_not_found"), Both(await shelf.Staff.Get("/api/stock/NO-SUCH-SKU")));
        Assert.Equal((404, "sku_not_found"), Both(await shelf.Adjust("NO-SUCH-SKU", 1)));
        Assert.Equal((400, "idempotency_key_missing"), Both(await shelf.Staff.Post($"/api/stock/{cups}/adjustments", change)));
        Assert.Equal((400, "malformed"), Both(await shelf.Staff.Post($"/api/stock/{cups}/adjustments", """{"delta": 1.5, "reason": "half"}""", "k")));
        Assert.Equal((400, "malformed"), Both(await shelf.Staff.Get("/api/stock?cursor=WyJhIiwiYiJd")));
        Assert.Equal((422, "validation"), Both(await shelf.Staff.Get("/api/stock?sku=" + string.Join(',', Enumerable.Range(0, 101)))));
        var customer = shelf.Store.Api("inventory").As(shelf.Store.Tokens.Customer(Shelf.Clerk));
        foreach (var path in (string[])["/api/stock", $"/api/stock/{cups}", $"/api/stock/{cups}/movements"])
        {
            Assert.Equal((403, "forbidden"), Both(await customer.Get(path)));
            Assert.Equal((401, "unauthenticated"), Both(await shelf.Store.Api("inventory").Get(path)));
        }

        Assert.Equal((403, "forbidden"), Both(await customer.Post($"/api/stock/{cups}/adjustments", change, "k")));
        Assert.Equal((401, "unauthenticated"), Both(await shelf.Store.Api("inventory").Post($"/api/stock/{cups}/adjustments", change, "k")));
    }

    [Fact]
    public async Task Lists_movements_newest_first_over_pages()
    {
        var cups = await shelf.Sku(1);
        for (var i = 2; i <= 5; i++) await shelf.Adjust(cups, i);
        var first = (await shelf.Staff.Get($"/api/stock/{cups}/movements?limit=3")).Json;
        var second = (await shelf.Staff.Get($"/api/stock/{cups}/movements?limit=3&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        long[] all = [.. first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(one => one.GetProperty("quantity").GetInt64())];
        Assert.Equal([1, 2, 3, 4, 5], all.Order());
        Assert.Null(second.GetProperty("nextCursor").GetString());
        Assert.Equal((400, "malformed"), Both(await shelf.Staff.Get($"/api/stock/{cups}/movements?cursor=WyJhIl0")));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
