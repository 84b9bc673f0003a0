namespace Stoa.Backoffice.Tests;

/// <summary>The public API as staff use it, for one order of one bowl.</summary>
public sealed class FakeApi : FakeGateway
{
    public static readonly Guid StaffId = new("0195e2a0-0000-7000-8000-00000000000a");
    public static readonly Guid BuyerId = new("0195e2a0-0000-7000-8000-00000000000b");
    public static readonly Guid OrderId = new("0195e2a0-0000-7000-8000-000000000001");
    public static readonly Guid PaymentId = new("0195e2a0-0000-7000-8000-000000000002");

    /// <summary>Makes an access token for a role.</summary>
    public Func<string, string> Token { get; set; } = role => role;

    /// <summary>What whoever logs in next is.</summary>
    public string Role { get; set; } = "staff";

    public static object Order(string status, string? name = null) => new
    {
        id = OrderId,
        number = "A-1041",
        status,
        items = new[] { new { sku = "bowl-S", name = name ?? "Bowl, sand", quantity = 2, unitPrice = Usd(1900), lineTotal = Usd(3800) } },
        subtotal = Usd(3800),
        shipping = Usd(590),
        tax = Usd(0),
        total = Usd(4390),
        createdAt = "2026-11-21T22:00:00Z",
        buyerId = BuyerId,
        email = (string?)null,
        shippingAddress = new { name = name ?? "Anna Kallistou", line1 = "Adrianou 24", city = "Athens", postalCode = "105 55", country = "GR" },
        carrier = status is "shipped" or "delivered" ? name ?? "Hermes" : null,
        trackingNumber = status is "shipped" or "delivered" ? "H-77" : null,
        history = new object[]
        {
            new { status = "placed", at = "2026-11-21T22:00:00Z", actorId = (Guid?)null },
            new { status, at = "2026-11-21T22:05:00Z", actorId = (Guid?)StaffId },
        },
        payments = new[] { new { id = PaymentId, orderId = OrderId, amount = Usd(4390), status = "succeeded", method = new { type = "card", brand = "visa", last4 = "4242" }, refunded = Usd(0), createdAt = "2026-11-21T22:01:00Z" } },
    };

    public static object Refund(long amount, string status = "succeeded", string reason = "A chip in the glaze") => new
    {
        id = new Guid("0195e2a0-0000-7000-8000-000000000003"),
        paymentId = PaymentId,
        orderId = OrderId,
        amount = Usd(amount),
        status,
        createdAt = "2026-11-21T22:06:00Z",
        reason,
        requestedBy = StaffId,
    };

    public static object Stock(string sku, int onHand, int reserved) => new { sku, onHand, reserved, available = onHand - reserved };

    protected override void Defaults()
    {
        On("POST /api/sessions", _ => (201, new { accessToken = Token(Role), expiresIn = 900, refreshToken = "refresh-" + Role, user = new { id = StaffId, name = "Kleio", email = "kleio@example.org", roles = new[] { Role } } }));
        On("POST /api/sessions/refresh", _ => (201, new { accessToken = Token(Role), expiresIn = 900, refreshToken = "fresh", user = new { id = StaffId, name = "Kleio", roles = new[] { Role } } }));
        On("DELETE /api/sessions/current", 204);
        On("GET /api/staff", 200, List(new { id = StaffId, name = "Kleio", email = "kleio@example.org", roles = new[] { "staff" } }));
        On("GET /api/customers", 200, List());
        On($"GET /api/customers/{BuyerId}", 200, new { id = BuyerId, name = "Anna", email = "anna@example.org", emailConfirmed = true, createdAt = "2026-11-01T10:00:00Z" });
        On("GET /api/orders", 200, List(Order("paid"), Order("shipped")));
        On($"GET /api/orders/{OrderId}", 200, Order("paid"));
        On("GET /api/refunds", 200, List());
        On($"GET /api/stock/orders/{OrderId}", 200, new { decision = "sold", decidedAt = "2026-11-21T22:00:01Z", movements = new[] { new { sku = "bowl-S", kind = "sale", quantity = -2, at = "2026-11-21T22:01:01Z" } } });
        On($"POST /api/orders/{OrderId}/ship", 200, Order("shipped"));
        On($"POST /api/orders/{OrderId}/deliver", 200, Order("delivered"));
        On($"POST /api/orders/{OrderId}/cancel", 200, Order("refunded"));
        On("GET /api/products", 200, List(new { name = "Bowl", variants = new[] { new { sku = "bowl-S", name = "Bowl, sand" }, new { sku = "bowl-A", name = "Bowl, aegean" } } }));
        On("GET /api/stock", 200, List(Stock("bowl-S", 5, 2), Stock("bowl-A", 0, 0)));
        On("GET /api/stock/bowl-S", 200, Stock("bowl-S", 5, 2));
        On("GET /api/stock/bowl-S/movements", 200, List(
            new { kind = "sale", quantity = -2, orderId = (Guid?)OrderId, reason = (string?)null, madeBy = (Guid?)null, at = "2026-11-21T22:01:01Z" },
            new { kind = "adjustment", quantity = 7, orderId = (Guid?)null, reason = (string?)"Delivered by boat", madeBy = (Guid?)StaffId, at = "2026-11-20T10:00:00Z" }));
        On("POST /api/stock/bowl-S/adjustments", 201, Stock("bowl-S", 8, 2));
        On("POST /api/refunds", 201, Refund(500));
    }
}
