using System.Text.Json;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>The calls of a purchase, on one connection, as a guest.</summary>
internal sealed class Buyer(MeasuredStore store, int number) : IDisposable
{
    private readonly HttpLine _line = new(store.Gateway);
    private readonly Random _chance = new(number);
    private string? _token;
    private string? _refreshToken;
    private int _keys;

    private static readonly byte[] GuestSession = HttpLine.Request("POST", "/api/sessions/guest");

    public int AnySku() => _chance.Next(MeasuredStore.Products);

    public ValueTask BecomeGuest() => Begin(GuestSession);

    /// <summary>Goes on after a while: an access token ends, and the store may have been started again.</summary>
    public ValueTask Renew()
    {
        _line.Dispose();
        return Begin(HttpLine.Request("POST", "/api/sessions/refresh", json: JsonSerializer.SerializeToUtf8Bytes(new { refreshToken = _refreshToken })));
    }

    /// <summary>A read of the buyer's own, past the Gateway or through it.</summary>
    public byte[] Get(string path) => HttpLine.Request("GET", path, _token);

    public ValueTask<string> AddToCart(int product) => AddToCart(MeasuredStore.Sku(product));

    public async ValueTask<string> AddToCart(string sku)
    {
        var reply = await Post("/api/cart/items", new { sku, quantity = 1 }, key: null);
        return Text(reply.Expect(200, "cart add"), "id");
    }

    /// <returns>The order's id.</returns>
    public async ValueTask<string> Order(int[] products, string? cartId)
    {
        var reply = await TryOrder([.. products.Select(MeasuredStore.Sku)], cartId);
        return Text(reply.Expect(201, "order"), "id");
    }

    /// <param name="total">What they cost together; null for what the thousand products cost.</param>
    public ValueTask<Reply> TryOrder(string[] skus, string? cartId, long? total = null) => Post("/api/orders", new
    {
        items = skus.Select(sku => new { sku, quantity = 1 }),
        shownTotal = new { amount = total ?? MeasuredStore.Price * skus.Length, currency = "USD" },
        cartId,
        email = "guest@example.com",
        shippingAddress = new { name = "Ada", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
    }, NewKey());

    public async ValueTask Pay(string orderId) => (await TryPay(orderId)).Expect(201, "payment");

    public ValueTask<Reply> TryPay(string orderId) => Post("/api/payments", new { orderId, method = "pm_card_visa" }, NewKey());

    public async ValueTask UntilPaid(string orderId)
    {
        var request = Get($"/api/orders/{orderId}");
        for (var looks = 0; looks < 2000; looks++)
        {
            if (Text((await _line.Send(request)).Expect(200, "order"), "status") == "paid") return;
            await Task.Delay(2);
        }

        throw new UnexpectedReplyException("an order that was paid did not read so");
    }

    public void Dispose() => _line.Dispose();

    private async ValueTask Begin(byte[] session)
    {
        var reply = (await _line.Send(session)).Expect(201, "session");
        (_token, _refreshToken) = (Text(reply, "accessToken"), Text(reply, "refreshToken"));
    }

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
