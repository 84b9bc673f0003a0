using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Audit.Tests;

/// <summary>The store's services and the sandbox, with one order of every fate: what there is to damage.</summary>
public sealed class Market : IAsyncLifetime
{
    private static readonly Guid Clerk = Guid.Parse("01900000-0000-7000-8000-00000000c1e4");
    private readonly Entropy _ids = new(TimeProvider.System);
    private int _keys;

    public TestStore Store { get; private set; } = null!;

    public Guid Paid { get; private set; }

    public Guid Refunded { get; private set; }

    public Guid Awaiting { get; private set; }

    public Guid Cancelled { get; private set; }

    public Guid PaymentOfPaid { get; private set; }

    public Money Total { get; private set; }

    public Guid NewId() => _ids.NewId();

    public async ValueTask InitializeAsync()
    {
        Store = await TestStore.Start(
            [
                ("sandbox", StripeSandbox.Program.Build), ("products", Products.Program.Build), ("inventory", Inventory.Program.Build), ("carts", Carts.Program.Build),
                ("orders", Orders.Program.Build), ("payments", Payments.Program.Build), ("notifications", Notifications.Program.Build),
            ],
            settings: new() { ["STRIPE_SECRET_KEY"] = "sk_test_audit", ["STRIPE_WEBHOOK_SECRET"] = "whsec_audit" });
        var staff = Store.Tokens.Staff(Clerk);
        var made = await Store.Api("products").As(staff).Post("/api/products", new { name = "Bowl", variants = new[] { new { sku = "BOWL", price = new Money(1000, "USD") } } });
        Assert.Equal(201, made.Status);
        await Eventually.Is(async () => (await Store.Api("inventory").As(staff).Post("/api/stock/BOWL/adjustments", new { delta = 100, reason = "received" }, "first")).Status == 201, "stock");
        await Eventually.Is(async () => (await Buyer("carts").Post("/api/cart/items", new { sku = "BOWL", quantity = 9 })).Status == 200, "a cart");
        await BuyAll(staff);
        await Eventually.Is(async () => (await Read()).IsClean, "a clean audit");
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>One pass over the store.</summary>
    public Task<Reading> Read(Journal? journal = null) => new StoreReader(Get, (journal ?? new Journal()).Orders).Read(TestContext.Current.CancellationToken);

    /// <summary>Changes a service's data behind its back.</summary>
    public Task Damage(string service, string sql) => Store.Get<Database>(service).Write(async tx =>
    {
        foreach (var statement in Dialect(sql, tx.Dialect.Name).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await tx.Execute(statement, new { Paid, Refunded, Awaiting, Cancelled, Nobody = Clerk, paidText = Paid.ToString(), cancelledText = Cancelled.ToString() });
    });

    /// <summary>The ledger refuses changes by triggers, which each engine puts aside in words of its own.</summary>
    private static string Dialect(string sql, string engine) => engine == "sqlite" ? sql : System.Text.RegularExpressions.Regex.Replace(
        sql, @"DROP TRIGGER (\w+?)_no_\w+", "ALTER TABLE $1 DISABLE TRIGGER ALL");

    private async Task<Stream?> Get(string service, string path, CancellationToken stop)
    {
        if (service == "users") return null; // its tokens are Kit's here
        var reply = await Store.Internal(service).Get("/internal/audit/" + path);
        Assert.True(reply.Status == 200, $"{service}/{path}: {reply}");
        return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(reply.Body));
    }

    private async Task BuyAll(string staff)
    {
        (Paid, Refunded, Awaiting, Cancelled) = (await Place(), await Place(), await Place(), await Place());
        var (shipped, rejected) = (await Place(), await Order(999));
        Assert.Equal(409, rejected.Status);
        Assert.Equal(402, (await Pay(Awaiting, "pm_card_visa_chargeDeclined")).Status);
        PaymentOfPaid = Guid.Parse((await Pay(Paid)).Json.GetProperty("id").GetString()!);
        Assert.Equal(200, (await Buyer("orders").Post($"/api/orders/{Cancelled}/cancel")).Status);
        var refunded = (await Pay(Refunded)).Json.GetProperty("id").GetString();
        Assert.Equal(201, (await Store.Api("payments").As(staff).Post("/api/refunds", new { paymentId = refunded }, Key())).Status);
        var partly = (await Pay(shipped)).Json.GetProperty("id").GetString();
        Assert.Equal(201, (await Store.Api("payments").As(staff).Post("/api/refunds", new { paymentId = partly, amount = new Money(100, "USD") }, Key())).Status);
        await Eventually.Is(async () => (await Store.Api("orders").As(staff).Post($"/api/orders/{shipped}/ship", new { carrier = "Post", trackingNumber = "1" })).Status == 200, "a shipped order");
    }

    private async Task<Guid> Place()
    {
        var reply = await Order(2);
        Assert.True(reply.Status == 201, reply.ToString());
        Total = new Money(reply.Json.GetProperty("total").GetProperty("amount").GetInt64(), "USD");
        return Guid.Parse(reply.Json.GetProperty("id").GetString()!);
    }

    private async Task<Reply> Order(int quantity)
    {
        var body = new
        {
            items = new[] { new { sku = "BOWL", quantity } },
            shownTotal = new Money(1000L * quantity, "USD"),
            cartId = Clerk,
            email = "a@example.com",
            shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "Athens", postalCode = "10552", country = "GR" },
        };
        var key = Key();
        return await Eventually.Get(() => Buyer("orders").Post("/api/orders", body, key), reply => reply.Status is not 503 && reply.Code != "not_for_sale", "an answer to an order");
    }

    private async Task<Reply> Pay(Guid order, string method = "pm_card_visa") => await Buyer("payments").Post("/api/payments", new { orderId = order, method }, Key());

    private Api Buyer(string service) => Store.Api(service).As(Store.Tokens.Customer(Clerk));

    private string Key() => $"key-{++_keys}";
}
