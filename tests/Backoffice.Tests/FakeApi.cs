namespace Stoa.Backoffice.Tests;

/// <summary>The public API as staff use it, for one order of one bowl.</summary>
public sealed class FakeApi : FakeGateway
{
    public static readonly Guid StaffId = new("0195e2a0-0000-7000-8000-00000000000a");
    public static readonly Guid BuyerId = new("0195e2a0-0000-7000-8000-00000000000b");
    public static readonly Guid OrderId = new("0195e2a0-0000-7000-8000-000000000001");
    public static readonly Guid PaymentId = new("0195e2a0-0000-7000-8000-000000000002");

    public static readonly Guid WebhookId = new("0195e2a0-0000-7000-8000-000000000004");

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

    public static object Account(Guid? id = null, string name = "Anna", string? lockedAt = null, bool invited = false, string roles = "customer") => new
    {
        id = id ?? BuyerId,
        name,
        email = "anna@example.org",
        emailConfirmed = true,
        roles = roles.Split(' '),
        createdAt = "2026-11-01T10:00:00Z",
        lockedAt,
        invited,
    };

    /// <summary>What a service tells of one kind of trouble.</summary>
    public static object Attention(string kind, int count, params (string Subject, Guid? OrderId, string? Since, string Detail)[] things) => new
    {
        items = new[] { new { kind, count, since = things.FirstOrDefault().Since, things = things.Select(one => new { subject = one.Subject, orderId = one.OrderId, since = one.Since, detail = one.Detail }) } },
    };

    public static object DeadLetter(string reason = "BrokenRuleException: no such order") => new
    {
        source = "payments",
        purpose = "settlement",
        position = 7,
        subject = OrderId,
        eventId = StaffId,
        type = "payment.succeeded",
        version = 1,
        occurredAt = "2026-11-21T21:59:00Z",
        reason,
        parkedAt = "2026-11-21T22:00:00Z",
        data = new { paymentId = PaymentId },
    };

    public static object Webhook(string? offReason = null, string? failingSince = null, string? secret = null) => new
    {
        id = WebhookId,
        url = "https://erp.example/stoa",
        events = new[] { "order.paid" },
        enabled = offReason is null,
        offReason,
        failingSince,
        createdAt = "2026-11-01T10:00:00Z",
        createdBy = StaffId,
        secret,
    };

    public static object WebhookAndHistory(object webhook) => new
    {
        webhook,
        history = new object[]
        {
            new { at = "2026-11-01T10:00:00Z", by = (Guid?)StaffId, action = "register", after = new { status = "on" } },
            new { at = "2026-11-02T10:00:00Z", by = (Guid?)null, action = "switch_off", before = new { status = "on" }, after = new { status = "off" } },
        },
    };

    public static object Message(string status) => new
    {
        subjectId = OrderId,
        kind = "order_paid",
        orderId = OrderId,
        status,
        attempts = 3,
        times = 1,
        createdAt = "2026-11-21T22:00:00Z",
        sentAt = (string?)null,
        nextAttemptAt = (string?)null,
        lastFault = "the mail server: MailboxBusy",
        canBeSentAgain = status is "sent" or "failed",
    };

    public static object MessageAndMail(string status, bool hasMail = true, bool isUnknown = false) => new
    {
        message = Message(status),
        mail = hasMail ? new { email = "anna@example.org", name = "Anna", language = "en", subject = "your order is paid", text = "Dear Anna" } : null,
        mailIsUnknown = isUnknown,
        history = Array.Empty<object>(),
    };

    public static object Operations(params object[] processes) => new { at = "2026-11-22T12:59:30Z", processes };

    /// <summary>A process that was asked once more each minute, and failed once; a new one was asked in this minute for the first time.</summary>
    public static object Process(string name, string state = "ready", object[]? subscriptions = null, int letters = 0, double failureRatio = 0.0123, bool isNew = false) => new
    {
        name,
        service = name,
        state,
        restarts = name == "gateway" ? 0 : 4,
        facts = new
        {
            version = "1.2.3",
            startedAt = "2026-11-22T10:59:00Z",
            now = new { requestsPerSecond = 2.5, failureRatio, p50Ms = 2, p99Ms = 250 },
            hour = Enumerable.Range(1, 60).Select(i => new { at = new DateTimeOffset(2026, 11, 22, 11, 59, 0, TimeSpan.Zero).AddMinutes(i), requests = isNew && i < 60 ? 0 : i, failures = !isNew && i == 10 ? 1 : 0, p50Ms = isNew && i < 60 ? null : (double?)2, p99Ms = isNew && i < 60 ? null : (double?)i }),
            subscriptions = subscriptions ?? [],
            deadLetters = letters == 0 ? [] : new[] { new { source = "payments", purpose = "settlement", letters } },
        },
    };

    public static object Subscription(string source, double lagSeconds = 0, bool diverged = false) =>
        new { source, purpose = "settlement", position = 7, reachedHead = true, diverged, lagSeconds };

    public static readonly Guid BowlId = new("0195e2a0-0000-7000-8000-000000000004");
    public static readonly string Bowl = $"/api/products/{BowlId}";

    /// <summary>A bowl in two colours and with two pictures, as Products tells it.</summary>
    public static object Product(int version = 3, string name = "Bowl", string? tags = "clay") => new
    {
        id = BowlId,
        slug = "bowl",
        name,
        summary = "Holds soup.",
        category = "table",
        imageUrl = "/pictures/a.svg",
        priceFrom = Usd(1800),
        inStock = true,
        description = "Thrown by hand.\n\nFired twice.",
        options = new[] { new { name = "Colour", values = new[] { "Aegean", "Sand" } } },
        tags = new[] { tags },
        images = new[] { "/pictures/a.svg", "/pictures/b.svg" },
        version,
        variants = new object[]
        {
            new { sku = "bowl-S", name = name + ", Sand", price = Usd(1900), options = Chosen("Sand"), imageUrl = (string?)null },
            new { sku = "bowl-A", name = "The blue one", price = Usd(1800), options = Chosen("Aegean"), imageUrl = (string?)"/pictures/b.svg" },
        },
    };

    private static Dictionary<string, string> Chosen(string colour) => new() { ["Colour"] = colour };

    public static object Change(int version, string kind, params object[] differences) =>
        new { version, kind, madeBy = StaffId, at = $"2026-11-21T1{version}:00:00Z", differences };

    public static object Variant(string name, long price, string? picture = null) => new { name, price = Usd(price), options = Chosen("Sand"), imageUrl = picture };

    protected override void Defaults()
    {
        On("GET /api/webhooks", 200, List(Webhook()));
        On("GET /api/webhooks/types", 200, new { items = new[] { "order.paid", "order.shipped" } });
        On("POST /api/webhooks", 201, Webhook(secret: "whsec_new"));
        On($"GET /api/webhooks/{WebhookId}", 200, WebhookAndHistory(Webhook()));
        On($"PATCH /api/webhooks/{WebhookId}", 200, Webhook());
        On($"DELETE /api/webhooks/{WebhookId}", 204);
        On($"POST /api/webhooks/{WebhookId}/secret", 200, Webhook(secret: "whsec_new"));
        object delivery = new
        {
            id = OrderId,
            type = "order.paid",
            status = "failed",
            occurredAt = "2026-11-21T22:00:00Z",
            payload = new { orderId = OrderId },
            attempts = new object[] { new { at = "2026-11-21T22:00:01Z", milliseconds = 12, statusCode = 503 }, new { at = "2026-11-21T22:00:06Z", milliseconds = 15000, fault = "timed_out" } },
        };
        On($"GET /api/webhooks/{WebhookId}/deliveries", 200, List(delivery));
        On($"POST /api/webhooks/{WebhookId}/deliveries/{OrderId}/redeliver", 202, delivery);
        On("GET /api/messages", 200, List(Message("sent")));
        On($"GET /api/messages/{OrderId}/order_paid", 200, MessageAndMail("failed"));
        On($"POST /api/messages/{OrderId}/order_paid/send-again", 202, Message("waiting"));
        foreach (var service in (string[])["orders", "payments", "inventory", "notifications", "carts", "products"])
        {
            On($"GET /api/attention/{service}", 200, List());
            On($"GET /api/dead-letters/{service}", 200, List());
            On($"GET /api/dead-letters/{service}/redriven", 200, List());
        }

        On("GET /api/dead-letters/orders/redriven", 200, List(new { source = "payments", purpose = "settlement", subject = OrderId, type = "payment.succeeded", reason = "a fault", redrivenAt = "2026-11-20T10:00:00Z", actorId = StaffId }));
        On("GET /api/staff/changes", 200, List(new { by = StaffId, at = "2026-11-20T10:00:00Z", action = "lock", before = new { roles = new[] { "customer" }, locked = false }, after = new { roles = new[] { "customer" }, locked = true } }));
        On($"POST /api/customers/{BuyerId}/lock", 200, Account(lockedAt: "2026-11-21T22:00:00Z"));
        On($"POST /api/customers/{BuyerId}/unlock", 200, Account());
        On($"DELETE /api/customers/{BuyerId}", 204);
        On($"GET /api/staff/{StaffId}", 200, Account(StaffId, "Kleio", roles: "staff"));
        On("POST /api/staff", 201, Account(StaffId, "Kleio", invited: true, roles: "staff"));
        On($"PUT /api/staff/{StaffId}/roles", 200, Account(StaffId, "Kleio", roles: "admin staff"));
        foreach (var verb in (string[])["lock", "unlock"]) On($"POST /api/staff/{StaffId}/{verb}", 200, Account(StaffId, "Kleio", roles: "staff"));
        On($"POST /api/staff/{StaffId}/password-link", 202);
        On($"DELETE /api/staff/{StaffId}", 204);
        On("POST /api/staff/invitations/complete", 204);
        On("GET /api/operations", 200, Operations(Process("gateway"), Process("orders")));
        On("GET /api/orders/counts", 200, new { items = new[] { new { status = "paid", orders = 12 }, new { status = "shipped", orders = 0 } } });
        On("POST /api/sessions", _ => (201, new { accessToken = Token(Role), expiresIn = 900, refreshToken = "refresh-" + Role, user = new { id = StaffId, name = "Kleio", email = "kleio@example.org", roles = new[] { Role } } }));
        On("POST /api/sessions/refresh", _ => (201, new { accessToken = Token(Role), expiresIn = 900, refreshToken = "fresh", user = new { id = StaffId, name = "Kleio", roles = new[] { Role } } }));
        On("DELETE /api/sessions/current", 204);
        On("GET /api/staff", 200, List(Account(StaffId, "Kleio", roles: "staff")));
        On("GET /api/customers", 200, List());
        On($"GET /api/customers/{BuyerId}", 200, Account());
        On("GET /api/orders", 200, List(Order("paid"), Order("shipped")));
        On($"GET /api/orders/{OrderId}", 200, Order("paid"));
        On("GET /api/refunds", 200, List());
        On($"GET /api/stock/orders/{OrderId}", 200, new { decision = "sold", decidedAt = "2026-11-21T22:00:01Z", movements = new[] { new { sku = "bowl-S", kind = "sale", quantity = -2, at = "2026-11-21T22:01:01Z" } } });
        On($"POST /api/orders/{OrderId}/ship", 200, Order("shipped"));
        On($"POST /api/orders/{OrderId}/deliver", 200, Order("delivered"));
        On($"POST /api/orders/{OrderId}/cancel", 200, Order("refunded"));
        On("GET /api/categories", 200, new[] { new { slug = "table", name = "At the table", products = 3 }, new { slug = "garden", name = "Garden", products = 1 } });
        On($"GET {Bowl}", 200, Product());
        On($"PUT {Bowl}", 200, Product(4));
        On($"DELETE {Bowl}", 204);
        On("POST /api/products", 201, Product(1));
        On($"GET {Bowl}/changes", 200, List(
            Change(3, "changed", new { field = "variant", sku = "bowl-S", before = Variant("Bowl, Sand", 2100), after = Variant("Bowl, Sand", 1900) }, new { field = "tags", after = new[] { "clay" } }),
            new { version = 2, kind = "changed", madeBy = BuyerId, at = "2026-11-21T12:00:00Z", differences = (object?)null },
            Change(1, "created", new { field = "name", after = "Bowl" })));
        On("POST /api/products/import/preview", 200, new
        {
            created = 1,
            updated = 1,
            unchanged = 2,
            failed = new[] { new { line = 3, reason = "Variant Price is missing" } },
            failedLines = 1,
            products = new object[]
            {
                new { line = 2, handle = "jug", name = "Jug", variants = 2 },
                new { line = 5, handle = "bowl", name = "Bowl", productId = BowlId, variants = 1, differences = new[] { new { field = "name", before = "Bow", after = "Bowl" } } },
            },
        });
        On("POST /api/products/import", 200, new { created = 1, updated = 1, unchanged = 2, failed = new[] { new { line = 3, reason = "Variant Price is missing" } }, failedLines = 1 });
        On("POST /api/pictures", 201, new { url = "/pictures/new.png" });
        On("GET /api/products", 200, List(new { id = BowlId, slug = "bowl", category = "table", imageUrl = "/pictures/a.svg", priceFrom = Usd(1800), inStock = true, name = "Bowl", variants = new[] { new { sku = "bowl-S", name = "Bowl, sand" }, new { sku = "bowl-A", name = "Bowl, aegean" } } }));
        On("GET /api/stock", 200, List(Stock("bowl-S", 5, 2), Stock("bowl-A", 0, 0)));
        On("GET /api/stock/bowl-S", 200, Stock("bowl-S", 5, 2));
        On("GET /api/stock/bowl-S/movements", 200, List(
            new { kind = "sale", quantity = -2, orderId = (Guid?)OrderId, reason = (string?)null, madeBy = (Guid?)null, onHandAfter = (long?)null, at = "2026-11-21T22:01:01Z" },
            new { kind = "adjustment", quantity = 7, orderId = (Guid?)null, reason = (string?)"Delivered by boat", madeBy = (Guid?)StaffId, onHandAfter = (long?)7, at = "2026-11-20T10:00:00Z" }));
        On("POST /api/stock/bowl-S/adjustments", 201, Stock("bowl-S", 8, 2));
        On("POST /api/refunds", 201, Refund(500));
    }
}
