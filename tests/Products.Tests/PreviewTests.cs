using System.Text;
using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>What an import would do is told, and nothing is done.</summary>
public sealed class PreviewTests(Market market) : IClassFixture<Market>
{
    private async Task<JsonElement> Preview(string file)
    {
        var reply = await market.Staff.Post("/api/products/import/preview", Market.Csv(Encoding.UTF8.GetBytes(file)));
        Assert.True(reply.Status == 200, reply.ToString());
        return reply.Json;
    }

    private static (int, int, int, int) Counts(JsonElement told) =>
        (told.GetProperty("created").GetInt32(), told.GetProperty("updated").GetInt32(), told.GetProperty("unchanged").GetInt32(), told.GetProperty("failedLines").GetInt32());

    [Fact]
    public async Task It_tells_what_would_be_made_changed_and_left_out_and_does_nothing()
    {
        await market.Import(Market.File(Market.Simple("vase", "10.00"), Market.Simple("plate", "20.00")));
        var (vase, changes) = (await market.Product("vase"), $"/api/products/{(await market.Product("vase")).GetProperty("id").GetString()}/changes");

        var told = await Preview(Market.File(Market.Simple("vase", "11.00"), Market.Simple("plate", "20.00"), Market.Simple("ewer", "30.00"), Market.Simple("krater", "much")));

        Assert.Equal((1, 1, 1, 1), Counts(told));
        Assert.Equal(5, told.GetProperty("failed")[0].GetProperty("line").GetInt32());
        var products = told.GetProperty("products").EnumerateArray().ToArray();
        Assert.Equal(["2 vase", "4 ewer"], products.Select(one => $"{one.GetProperty("line").GetInt32()} {one.GetProperty("handle").GetString()}"));
        Assert.Equal(vase.GetProperty("id").GetGuid(), products[0].GetProperty("productId").GetGuid());
        var change = products[0].GetProperty("differences").EnumerateArray().Single();
        Assert.Equal((1000, 1100), (change.GetProperty("before").GetProperty("price").GetProperty("amount").GetInt32(), change.GetProperty("after").GetProperty("price").GetProperty("amount").GetInt32()));
        Assert.Equal(JsonValueKind.Null, products[1].GetProperty("differences").ValueKind);
        Assert.Equal(vase.GetRawText(), (await market.Product("vase")).GetRawText());
        Assert.Single((await market.Staff.Get(changes)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(404, (await market.Staff.Get("/api/products/ewer")).Status);
    }

    [Fact]
    public async Task It_finds_skus_as_the_import_would_find_them_by_then()
    {
        await market.Import(Market.File(Market.Simple("lekythos", sku: "GIVEN-UP")));
        // The first gives its SKU up, which the second takes; the third wants one that the second took by then.
        var file = Market.File(Market.Simple("lekythos", sku: "TAKEN-ANEW"), Market.Simple("hydria", sku: "GIVEN-UP"), Market.Simple("kylix", sku: "GIVEN-UP"));
        var told = await Preview(file);
        Assert.Equal((1, 1, 0, 1), Counts(told));
        var (created, updated, unchanged, failed) = await market.Import(file);
        Assert.Equal((1, 1, 0, 1), (created, updated, unchanged, failed.Length));
        Assert.Equal(failed, told.GetProperty("failed").EnumerateArray().Select(one => $"{one.GetProperty("line").GetInt32()}: {one.GetProperty("reason").GetString()}"));
        Assert.Equal((0, 0, 2, 1), Counts(await Preview(file)));
    }

    [Fact]
    public async Task It_tells_the_first_two_hundred_and_counts_the_others()
    {
        var told = await Preview(Market.File([.. Enumerable.Range(0, 230).Select(number => Market.Simple($"amphoriskos-{number}"))]));
        Assert.Equal((230, 0, 0, 0), Counts(told));
        Assert.Equal(200, told.GetProperty("products").GetArrayLength());
    }

    [Fact]
    public async Task It_refuses_what_an_import_refuses()
    {
        var html = await market.Staff.Post("/api/products/import/preview", Market.Csv([], "text/html"));
        Assert.Equal((415, "unsupported_media_type"), (html.Status, html.Code));
        var empty = await market.Staff.Post("/api/products/import/preview", Market.Csv([]));
        Assert.Equal((422, "validation"), (empty.Status, empty.Code));
        var shopper = await market.Store.Api("products").As(market.Store.Tokens.Customer(Shop.Clerk)).Post("/api/products/import/preview", Market.Csv([]));
        Assert.Equal((403, "forbidden"), (shopper.Status, shopper.Code));
    }
}
