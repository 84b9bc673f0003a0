using System.Text;
using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>Products beside the real Inventory, and CSV files for them.</summary>
public sealed class Market : IAsyncLifetime
{
    /// <summary>The columns of the files that tests write, a few of Shopify's and one of nobody's.</summary>
    public const string Header = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Image Position,Gift Card,SEO Description,Variant Image,Status,Warehouse";

    public TestStore Store { get; private set; } = null!;

    public Api Staff => Store.Api("products").As(Store.Tokens.Staff(Shop.Clerk));

    public async ValueTask InitializeAsync() => Store = await TestStore.Start([("inventory", Inventory.Program.Build), ("products", Program.Build)]);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>A line of a file: <c>Line("mug", ("Title", "Mug"))</c>; quotes are the caller's.</summary>
    public static string Line(string handle, params (string Column, string Text)[] fields)
    {
        var texts = fields.ToDictionary(field => field.Column, field => field.Text);
        texts["Handle"] = handle;
        return string.Join(',', Header.Split(',').Select(column => texts.GetValueOrDefault(column, "")));
    }

    public static string Simple(string handle, string price = "10.00", string sku = "") =>
        Line(handle, ("Title", "The " + handle), ("Option1 Name", "Title"), ("Option1 Value", "Default Title"), ("Variant Price", price), ("Variant SKU", sku));

    public static string File(params string[] lines) => string.Concat(lines.Prepend(Header).Select(line => line + "\n"));

    public static HttpContent Csv(byte[] bytes, string type = "text/csv")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    public Task<Reply> Send(string file, string type = "text/csv") => Staff.Post("/api/products/import", Csv(Encoding.UTF8.GetBytes(file), type));

    public async Task<(int Created, int Updated, int Unchanged, string[] Failed)> Import(string file)
    {
        var reply = await Send(file);
        Assert.True(reply.Status == 200, reply.ToString());
        return Read(reply);
    }

    public static (int Created, int Updated, int Unchanged, string[] Failed) Read(Reply reply) =>
    (
        reply.Json.GetProperty("created").GetInt32(), reply.Json.GetProperty("updated").GetInt32(), reply.Json.GetProperty("unchanged").GetInt32(),
        [.. reply.Json.GetProperty("failed").EnumerateArray().Select(one => $"{one.GetProperty("line").GetInt32()}: {one.GetProperty("reason").GetString()}")]
    );

    public async Task<JsonElement> Product(string slug) => (await Staff.Get("/api/products/" + slug)).Json;

    /// <summary>What lies on the shelf, once Inventory has heard of the SKU.</summary>
    public async Task<long> OnHand(string sku)
    {
        var reply = await Eventually.Get(() => Store.Api("inventory").As(Store.Tokens.Staff(Shop.Clerk)).Get("/api/stock/" + sku), seen => seen.Status == 200, $"a place for {sku}");
        return reply.Json.GetProperty("onHand").GetInt64();
    }
}
