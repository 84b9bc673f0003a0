using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>Payments, the sandbox as its provider, and an Orders that knows what the test tells it. Time stands still
/// unless a test moves it.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const string SecretKey = "sk_test_payments";
    public const string WebhookSecret = "whsec_payments";

    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly ConcurrentDictionary<Guid, AmountDue> _orders = new();
    private readonly Entropy _ids = new(TimeProvider.System);
    private Build? _payments;

    /// <summary>The refunds that Orders was asked about before they went out, and what it answers: 200 unless a test says otherwise.</summary>
    public ConcurrentQueue<Guid> Holds { get; } = new();
    public int HoldAnswer { get; set; } = 200;

    /// <summary>What Orders waits for before it tells the amount due; null for nothing.</summary>
    public Func<Task>? BeforeDue { get; set; }

    public ManualClock Clock { get; } = new();
    public Wire Wire { get; } = new();
    public TestStore Store { get; private set; } = null!;
    public Guid Anna { get; }

    private Shop() => Anna = NewId();

    /// <param name="webhooks">Whether the sandbox's webhooks arrive; else they are lost, and only looking again helps.</param>
    /// <param name="commit">See <see cref="Seams.Commit"/>; Payments' own.</param>
    /// <param name="reconcilesEvery">Minutes between passes of reconciliation; 0: only when it is asked to.</param>
    public static async Task<Shop> Open(bool webhooks = false, Action<string>? commit = null, int reconcilesEvery = 0)
    {
        var shop = new Shop();
        shop._payments = (args, seams) => Program.Build(args, new Seams { Clock = seams!.Clock, Settings = seams.Settings, Outbound = seams.Outbound, Commit = commit, Die = _ => { } });
        var settings = new Dictionary<string, string?> { ["STRIPE_SECRET_KEY"] = SecretKey, ["STRIPE_WEBHOOK_SECRET"] = WebhookSecret, ["Stoa:Reconciliation:EveryMinutes"] = $"{reconcilesEvery}" };
        shop.Store = await TestStore.Start(
            [("users", shop.Users), ("orders", shop.Orders), ("sandbox", webhooks ? SandboxThatReachesPayments : StripeSandbox.Program.Build), ("payments", shop._payments)],
            shop.Clock, settings, name => name == "stripe" ? shop.Wire.NewLine() : new SocketsHttpHandler());
        return shop;
    }

    public Guid NewId() => _ids.NewId();

    public Guid PlaceOrder(long amountMinor = 4200, string status = "awaiting_payment", Guid? buyer = null)
    {
        var id = NewId();
        _orders[id] = new AmountDue(id, buyer ?? Anna, "S-" + id.ToString()[^6..], status, new Money(amountMinor, "USD"), Clock.GetUtcNow().AddMinutes(30));
        return id;
    }

    /// <summary>Orders has heard of the payment.</summary>
    public void ReadsPaid(Guid orderId) => _orders[orderId] = _orders[orderId] with { Status = "paid" };

    public Api As(Guid buyer) => Store.Api("payments").As(Store.Tokens.Customer(buyer));

    public Task<Reply> Pay(Guid orderId, string method = "pm_card_visa", string? key = null, Guid? buyer = null, string? returnUrl = null) =>
        As(buyer ?? Anna).Post("/api/payments", new { orderId, method, returnUrl }, key ?? NewId().ToString());

    public Task<Reply> Payment(string id) => As(Anna).Get($"/api/payments/{id}");

    /// <summary>Waits until a payment shows a status; time goes on meanwhile.</summary>
    public Task<Reply> Becomes(string paymentId, string status) => Sees(
        () => Payment(paymentId), reply => reply.Json.GetProperty("status").GetString() == status, $"payment {status}");

    /// <summary>Looks until it is so, and lets a little time pass before each look: who was put off comes back.</summary>
    public Task<T> Sees<T>(Func<Task<T>> look, Func<T, bool> holds, string what) => Eventually.Get(() =>
    {
        Clock.Advance(TimeSpan.FromMilliseconds(50));
        return look();
    }, holds, what);

    /// <summary>Lets time pass until an answer is there: for calls that wait for somebody who is away.</summary>
    public async Task<T> InTime<T>(Task<T> answer)
    {
        await Eventually.Is(() =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(20));
            return Task.FromResult(answer.IsCompleted);
        }, "an answer");
        return await answer;
    }

    /// <summary>Payments has a row of the order already, as after an intent that was canceled.</summary>
    public Task KnowsOf(Guid orderId) => Store.Get<Database>("payments").Write(tx => PayableOrder.Lock(tx, orderId));

    public async Task<string> Close(Guid orderId) =>
        (await Store.Internal("payments").Put($"/internal/orders/{orderId}/closure")).Json.GetProperty("state").GetString()!;

    public Task<Reply> Refund(string paymentId, long? amountMinor = null, string? key = null) => Store.Api("payments").As(Store.Tokens.Staff(Anna)).Post(
        "/api/refunds", new { paymentId, amount = amountMinor is { } minor ? new Money(minor, "USD") : (Money?)null }, key ?? NewId().ToString());

    /// <summary>Orders has the rest of an order's payment given back, or asks how far that is.</summary>
    public async Task<string> GiveBack(Guid orderId, Guid? refundId = null)
    {
        var path = $"/internal/orders/{orderId}/refund";
        var reply = refundId is { } id ? await Store.Internal("payments").Put(path, new RefundRequest(id)) : await Store.Internal("payments").Get(path);
        return reply.Json.GetProperty("state").GetString()!;
    }

    /// <summary>What the bank's own record says of an order: its charges that went through.</summary>
    public async Task<List<JsonElement>> Charges(Guid orderId) =>
        [.. (await Bank("charges?limit=100")).Where(charge => charge.GetProperty("metadata").GetProperty("order_id").GetString() == orderId.ToString()
            && charge.GetProperty("status").GetString() == "succeeded")];

    public async Task<List<JsonElement>> Refunds() => await Bank("refunds?limit=100");

    public async Task<List<JsonElement>> Intents(Guid orderId) =>
        [.. (await Bank("payment_intents?limit=100")).Where(intent => intent.GetProperty("metadata").GetProperty("order_id").GetString() == orderId.ToString())];

    /// <summary>The states of an order's sessions at the provider.</summary>
    public async Task<List<string>> Sessions(Guid orderId) => [.. (await Bank("checkout/sessions?limit=100"))
        .Where(session => session.GetProperty("client_reference_id").GetString() == orderId.ToString()).Select(session => session.GetProperty("status").GetString()!).Order(StringComparer.Ordinal)];

    /// <summary>Arranges a fault at the sandbox: see its test helpers.</summary>
    public async Task Arrange(string helper, params (string, string)[] fields)
    {
        var reply = await Store.Api("sandbox").As(SecretKey).Post("/v1/test_helpers/stoa/" + helper,
            new StringContent(StripeClient.Form(fields), Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(200, reply.Status);
    }

    /// <summary>The cardholder decides on the bank's page.</summary>
    public async Task Decide(string nextActionUrl, bool yes)
    {
        var page = new Uri(new Uri(Store.Url("sandbox")), new Uri(nextActionUrl).PathAndQuery);
        using var form = new FormUrlEncodedContent([new("decision", yes ? "yes" : "no")]);
        using var answer = await Browser.PostAsync(page, form);
        Assert.Equal(303, (int)answer.StatusCode);
    }

    /// <summary>The buyer tries to pay on the provider's own page.</summary>
    /// <returns>Where the page leads them.</returns>
    public async Task<string> PayOnPage(string nextActionUrl, string method = "pm_card_visa")
    {
        var page = new Uri(new Uri(Store.Url("sandbox")), new Uri(nextActionUrl).PathAndQuery);
        using var form = new FormUrlEncodedContent([new("method", method)]);
        using var answer = await Browser.PostAsync(page, form);
        Assert.Equal(303, (int)answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    public async Task<List<JsonElement>> Events(string type) =>
        [.. (await Store.Told("payments")).Where(one => one.Type == type).Select(one => one.Json)];

    /// <summary>What stands in the ledger: account → debits less credits.</summary>
    public async Task<Dictionary<string, long>> Balances()
    {
        var rows = await Store.Get<Database>("payments").Query<(string Account, long Balance)>(
            "SELECT account, CAST(SUM(debit_minor - credit_minor) AS BIGINT) AS balance FROM postings GROUP BY account");
        Assert.Equal(0, rows.Sum(row => row.Balance));
        return rows.ToDictionary(row => row.Account, row => row.Balance);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task<List<JsonElement>> Bank(string path) =>
        [.. (await Store.Api("sandbox").As(SecretKey).Get("/v1/" + path)).Json.GetProperty("data").EnumerateArray()];

    private WebApplication Users(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("users", args, seams);
        service.AddDatabase(typeof(Shop).Assembly);
        var app = service.Build();
        app.MapGet("/.well-known/jwks.json", () => Results.Text(Store.Tokens.Jwks, "application/json"));
        return app;
    }

    private WebApplication Orders(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("orders", args, seams).Build();
        app.MapGet("/internal/orders/{id:guid}/due", async Task<IResult> (Guid id) =>
        {
            if (BeforeDue is { } held) await held();
            return _orders.TryGetValue(id, out var due) ? Results.Ok(due) : Problem.NotFound();
        }).ForServices();
        app.MapPut("/internal/orders/{id:guid}/refund-hold", IResult (Guid id, RefundRequest request) =>
        {
            Holds.Enqueue(request.RefundId);
            return HoldAnswer == 200 ? Results.Ok(new RefundHold("refunding")) : Results.StatusCode(HoldAnswer);
        }).ForServices();
        return app;
    }

    private static WebApplication SandboxThatReachesPayments(string[] args, Seams? seams)
    {
        var settings = new Dictionary<string, string?>(seams!.Settings);
        settings["Stoa:Sandbox:WebhookUrl"] = settings["Stoa:Services:payments:Url"] + "/api/payments/webhooks/stripe";
        return StripeSandbox.Program.Build(args, new Seams { Clock = seams.Clock, Settings = settings, Outbound = seams.Outbound });
    }
}

/// <summary>A shop for tests that do not disturb one another.</summary>
public sealed class SharedShop : IAsyncLifetime
{
    public Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await Shop.Open();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
