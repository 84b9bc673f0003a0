using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>A person who is signed in and shops: each verb is one call through the Gateway, and its reply.</summary>
public sealed record Shopper(Api Api, string Email)
{
    private static int s_people;
    private static int s_keys;

    public static async Task<Shopper> SignUp(Api gateway)
    {
        var email = $"shopper.{Interlocked.Increment(ref s_people)}@example.com";
        var signup = await gateway.Post("/api/users", new { name = "Ada", email, password = "an engine weaves algebra" });
        Assert.Equal(201, signup.Status);
        return await LogIn(gateway, email);
    }

    public static async Task<Shopper> LogIn(Api gateway, string email)
    {
        var login = await gateway.Post("/api/sessions", new { email, password = "an engine weaves algebra" });
        Assert.Equal(201, login.Status);
        return new Shopper(gateway.As(login.Json.GetProperty("accessToken").GetString()), email);
    }

    public static string NewKey() => $"journey-{Interlocked.Increment(ref s_keys)}";

    /// <summary>Something that is in stock, by its place in the list, so that journeys do not buy each other's.</summary>
    public async Task<Variant> Finds(int place)
    {
        var list = await Api.Get("/api/products?inStock=true&sort=name&limit=100");
        Assert.Equal(200, list.Status);
        var product = list.Json.GetProperty("items")[place];
        var variant = product.GetProperty("variants").EnumerateArray().First(one => one.GetProperty("inStock").GetBoolean());
        return new Variant(product.GetProperty("slug").GetString()!, variant.GetProperty("sku").GetString()!, variant.GetProperty("price"));
    }

    public Task<Reply> Adds(Variant variant) => Api.Post("/api/cart/items", new { variant.Sku, quantity = 1 });

    public Task<Reply> Orders(Variant variant, string? cartId = null, string? key = null) => Api.Post("/api/orders", new
    {
        items = new[] { new { variant.Sku, quantity = 1 } },
        shownTotal = variant.Price,
        cartId,
        shippingAddress = new { name = "Ada", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
    }, key ?? NewKey());

    public Task<Reply> Pays(string orderId, string method = "pm_card_visa", string? key = null) =>
        Api.Post("/api/payments", new { orderId, method }, key ?? NewKey());

    public Task<Reply> Order(string orderId) => Api.Get($"/api/orders/{orderId}");

    public Task<Reply> UntilOrderIs(string orderId, string status) =>
        Eventually.Get(() => Order(orderId), reply => reply.Status == 200 && Status(reply) == status, $"the order {status}");

    public static string Id(Reply reply) => reply.Json.GetProperty("id").GetString()!;

    public static string Status(Reply reply) => reply.Json.GetProperty("status").GetString()!;
}

/// <summary>What a shopper saw and wants.</summary>
public sealed record Variant(string Slug, string Sku, JsonElement Price);
