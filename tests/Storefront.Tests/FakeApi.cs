namespace Stoa.Storefront.Tests;

/// <summary>The public API for a few products.</summary>
public sealed class FakeApi : FakeGateway
{
    private readonly Dictionary<string, int> _cart = [];
    private int _sessions;

    public static object Product(string slug, string name, string? image = "/pictures/aa.svg", bool inStock = true, string? text = null) => new
    {
        id = slug,
        slug,
        name,
        summary = text ?? "Turned by hand.",
        description = text ?? "From one piece.\n\nOil it now and then.",
        category = "kitchen",
        imageUrl = image,
        priceFrom = Usd(1900),
        inStock,
        options = new[] { new { name = "Colour", values = new[] { "Sand", "Aegean" } } },
        variants = new[]
        {
            new { sku = slug + "-S", name = name + ", sand", price = Usd(1900), inStock, options = new Dictionary<string, string> { ["Colour"] = "Sand" } },
            new { sku = slug + "-A", name = name + ", aegean", price = Usd(2100), inStock, options = new Dictionary<string, string> { ["Colour"] = "Aegean" } },
        },
    };

    public static readonly Guid OrderId = new("0195e2a0-0000-7000-8000-000000000001");

    public static object Order(string status) => new
    {
        id = OrderId,
        number = "1041",
        status,
        items = new[] { Line },
        subtotal = Usd(1900),
        shipping = Usd(590),
        tax = Usd(0),
        total = Usd(2490),
        payBy = "2026-11-21T22:30:00Z",
        createdAt = "2026-11-21T22:00:00Z",
        history = new[] { new { status = "placed", at = "2026-11-21T22:00:00Z" } },
    };

    public static object Quote(long subtotal = 1900) => new { items = new[] { Line }, subtotal = Usd(subtotal), shipping = Usd(590), tax = Usd(0), total = Usd(subtotal + 590) };

    public static object Payment(string status, string? nextActionUrl = null, string? declineCode = null, string type = "card") => new
    {
        id = new Guid("0195e2a0-0000-7000-8000-000000000002"),
        orderId = OrderId,
        amount = Usd(2490),
        status,
        nextActionUrl,
        declineCode,
        method = new { type, brand = type == "card" ? "visa" : null, last4 = type == "card" ? "4242" : null },
        refunded = Usd(0),
        createdAt = "2026-11-21T22:01:00Z",
    };

    private static readonly object Line = new { sku = "bowl-S", name = "Bowl, sand", quantity = 1, unitPrice = Usd(1900), lineTotal = Usd(1900) };

    protected override void Defaults()
    {
        On("GET /api/categories", 200, new[] { new { slug = "kitchen", name = "Kitchen", products = 2 } });
        On("GET /api/products", 200, List(Product("bowl", "Bowl"), Product("hostile", HostileName, "javascript:alert(1)", text: HostileName)));
        On("GET /api/products/bowl", 200, Product("bowl", "Bowl"));
        On("GET /api/products/hostile", 200, Product("hostile", HostileName, "javascript:alert(1)", text: HostileName));
        On("POST /api/sessions/guest", _ => (201, Session("guest", null)));
        On("POST /api/sessions/refresh", _ => (201, Session("fresh", null)));
        On("POST /api/sessions", _ => (201, Session("anna", "Anna")));
        On("DELETE /api/sessions/current", 204);
        On("POST /api/cart/merge", _ => (200, Cart()));
        On("GET /api/cart", call => call.Token is null ? (401, Refusal(401, "unauthenticated")) : (200, Cart()));
        On("POST /api/cart/items", call =>
        {
            _cart["bowl-S"] = _cart.GetValueOrDefault("bowl-S") + call.Body.GetProperty("quantity").GetInt32();
            return (200, Cart());
        });
        On("POST /api/orders/quote", 200, Quote());
        On("GET /api/orders", 200, List());
        On("POST /api/orders", 201, Order("awaiting_payment"));
        On($"GET /api/orders/{OrderId}", 200, Order("awaiting_payment"));
        On("GET /api/payments", 200, List());
        On("POST /api/payments", 201, Payment("succeeded"));
    }

    private object Session(string who, string? name)
    {
        var number = Interlocked.Increment(ref _sessions);
        return new { accessToken = $"{who}-{number}", tokenType = "Bearer", expiresIn = 900, refreshToken = $"refresh-{who}-{number}", user = new { id = Guid.Empty, name, email = (string?)null, roles = new[] { "guest" } } };
    }

    private object Cart() => new
    {
        id = new Guid("0195e2a0-0000-7000-8000-000000000003"),
        version = 1,
        items = _cart.Select(line => new { sku = line.Key, slug = "bowl", name = "Bowl, sand", quantity = line.Value, unitPrice = Usd(1900), lineTotal = Usd(1900 * line.Value) }),
        subtotal = Usd(1900 * _cart.Values.Sum()),
    };
}
