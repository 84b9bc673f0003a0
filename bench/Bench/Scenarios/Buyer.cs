using System.Text.Json;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>The calls of a purchase, on one connection, as a guest.</summary>
internal sealed class Buyer(MeasuredStore store, int number) : IDisposable
{
    private readonly HttpLine _line = new(store.Gateway);
    private readonly Random _chance = new(number);
    private string? _token;
    private int _keys;

    private static readonly byte[] GuestSession = HttpLine.Request("POST", "/api/sessions/guest");

    public int AnySku() => _chance.Next(MeasuredStore.Products);

    public async ValueTask BecomeGuest()
    {
        var reply = (await _line.Send(GuestSession)).Expect(201, "guest session");
        _token = Text(reply, "accessToken");
    }

    public async ValueTask<string> AddToCart(int product)
    {
        var reply = await Post("/api/cart/items", new { sku = MeasuredStore.Sku(product), quantity = 1 }, key: null);
        return Text(reply.Expect(200, "cart add"), "id");
    }

    /// <returns>The order's id.</returns>
    public async ValueTask<string> Order(int[] products, string? cartId)
    {
        var reply = await TryOrder([.. products.Select(MeasuredStore.Sku)], cartId);
        return Text(reply.Expect(201, "order"), "id");
    }

    public ValueTask<Reply> TryOrder(string[] skus, string? cartId) => Post("/api/orders", new
    {
        items = skus.Select(sku => new { sku, quantity = 1 }),
        shownTotal = new { amount = MeasuredStore.Price * skus.Length, currency = "USD" },
        cartId,
        email = "guest@example.com",
        shippingAddress = new { name = "Ada", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
    }, NewKey());

    public async ValueTask Pay(string orderId) => (await Post("/api/payments", new { orderId, method = "pm_card_visa" }, NewKey())).Expect(201, "payment");

    public async ValueTask UntilPaid(string orderId)
    {
        var request = HttpLine.Request("GET", $"/api/orders/{orderId}", _token);
        for (var looks = 0; looks < 2000; looks++)
        {
            if (Text((await _line.Send(request)).Expect(200, "order"), "status") == "paid") return;
            await Task.Delay(2);
        }

        throw new UnexpectedReplyException("an order that was paid did not read so");
    }

    public void Dispose() => _line.Dispose();

    private string NewKey() => $"{number}-{_keys++}";

    private ValueTask<Reply> Post(string path, object body, string? key) =>
        _line.Send(HttpLine.Request("POST", path, _token, key, JsonSerializer.SerializeToUtf8Bytes(body)));

    private static string Text(Reply reply, string property)
    {
        var reader = new Utf8JsonReader(reply.Body.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(property)) continue;
            reader.Read();
            return reader.GetString()!;
        }

        throw new UnexpectedReplyException($"an answer without {property}");
    }
}
