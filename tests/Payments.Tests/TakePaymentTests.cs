using Stoa.Kit;

namespace Stoa.Payments.Tests;

public sealed class TakePaymentTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private Shop Shop => shared.Shop;

    [Fact]
    public async Task Pays_an_order_and_tells_with_what()
    {
        var order = Shop.PlaceOrder(4200);
        var reply = await Shop.Pay(order);
        Assert.Equal(201, reply.Status);
        Assert.Equal("succeeded", reply.Json.GetProperty("status").GetString());
        Assert.Equal(order, reply.Json.GetProperty("orderId").GetGuid());
        Assert.Equal(4200, reply.Json.GetProperty("amount").GetProperty("amount").GetInt64());
        Assert.Equal(("card", "visa", "4242"), (Method(reply, "type"), Method(reply, "brand"), Method(reply, "last4")));
        Assert.Equal($"/api/payments/{reply.Json.GetProperty("id")}", reply.Header("Location"));
        var charge = Assert.Single(await Shop.Charges(order));
        Assert.Equal(4200, charge.GetProperty("amount").GetInt64());
        var told = Assert.Single(await Shop.Events("payment.succeeded"), one => one.GetProperty("orderId").GetGuid() == order);
        Assert.False(told.GetProperty("afterClosure").GetBoolean());
    }

    [Fact]
    public async Task A_declined_method_is_402_with_the_banks_code_and_another_method_pays_on_the_same_intent()
    {
        var order = Shop.PlaceOrder();
        var declined = await Shop.Pay(order, "pm_card_visa_chargeDeclinedInsufficientFunds");
        Assert.Equal((402, "payment_declined"), (declined.Status, declined.Code));
        Assert.Equal("insufficient_funds", declined.Json.GetProperty("declineCode").GetString());
        var payment = await Shop.Payment(declined.Json.GetProperty("paymentId").GetString()!);
        Assert.Equal(("declined", "9995"), (payment.Json.GetProperty("status").GetString(), Method(payment, "last4")));

        Assert.Equal(201, (await Shop.Pay(order, "pm_card_mastercard")).Status);
        Assert.Single(await Shop.Intents(order));
        Assert.Single(await Shop.Charges(order));
    }

    [Fact]
    public async Task A_bank_debit_is_202_processing_and_settles_by_itself()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        var reply = await shop.Pay(order, "pm_usBankAccount_success");
        Assert.Equal((202, "processing"), (reply.Status, reply.Json.GetProperty("status").GetString()));
        Assert.Equal((409, "payment_in_flight"), Both(await shop.Pay(order)));
        await Settled(shop);
        Assert.Equal("STRIPE TEST BANK", Method(await shop.Becomes(reply.Json.GetProperty("id").GetString()!, "succeeded"), "brand"));
        Assert.Equal("order_already_paid", (await shop.Pay(order)).Code);
    }

    [Fact]
    public async Task A_bank_debit_that_fails_later_is_declined_and_leaves_the_order_payable()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        var reply = await shop.Pay(order, "pm_usBankAccount_insufficientFunds");
        await Settled(shop);
        await shop.Becomes(reply.Json.GetProperty("id").GetString()!, "declined");
        Assert.Equal(201, (await shop.Pay(order)).Status);
    }

    [Theory]
    [InlineData("placed", "order_not_ready")]
    [InlineData("closing", "order_closed")]
    [InlineData("cancelled", "order_closed")]
    [InlineData("rejected", "order_closed")]
    [InlineData("paid", "order_already_paid")]
    [InlineData("shipped", "order_already_paid")]
    [InlineData("refunded", "order_already_paid")]
    public async Task Refuses_an_order_that_is_not_awaiting_payment_and_leaves_the_key_free(string status, string code)
    {
        var order = Shop.PlaceOrder(status: status);
        Assert.Equal((409, code), Both(await Shop.Pay(order, key: "free-" + status)));
        Assert.Equal(201, (await Shop.Pay(Shop.PlaceOrder(), key: "free-" + status)).Status);
    }

    [Fact]
    public async Task Refuses_an_order_that_is_paid()
    {
        var order = Shop.PlaceOrder();
        Assert.Equal(201, (await Shop.Pay(order)).Status);
        Assert.Equal((409, "order_already_paid"), Both(await Shop.Pay(order)));
        Assert.Single(await Shop.Charges(order));
    }

    [Fact]
    public async Task An_order_unknown_or_of_another_buyer_is_404()
    {
        Assert.Equal((404, "not_found"), Both(await Shop.Pay(Shop.NewId())));
        Assert.Equal((404, "not_found"), Both(await Shop.Pay(Shop.PlaceOrder(buyer: Shop.NewId()))));
    }

    [Fact]
    public async Task A_guest_pays_and_the_user_that_the_guest_became_sees_it()
    {
        var (guest, user) = (Shop.NewId(), Shop.NewId());
        var order = Shop.PlaceOrder(buyer: guest);
        var asGuest = Shop.Store.Api("payments").As(Shop.Store.Tokens.Guest(guest));
        var reply = await asGuest.Post("/api/payments", new { orderId = order, method = "pm_card_visa" }, "guest-key");
        Assert.Equal(201, reply.Status);
        var asUser = Shop.Store.Api("payments").As(Shop.Store.Tokens.Customer(user, guest));
        Assert.Equal(200, (await asUser.Get(reply.Header("Location")!)).Status);
        var replay = await asUser.Post("/api/payments", new { orderId = order, method = "pm_card_visa" }, "guest-key");
        Assert.Equal((201, "true"), (replay.Status, replay.Header("Idempotency-Replayed")));
    }

    [Theory]
    [InlineData("4242 4242", null, "method")]
    [InlineData("tok_visa", null, "method")]
    [InlineData("pm_", null, "method")]
    [InlineData("pm_card_visa\n", null, "method")]
    [InlineData(null, null, "method")]
    [InlineData("pm_card_visa", "https://evil.example/orders/1", "returnUrl")]
    [InlineData("pm_card_visa", "/orders/1", "returnUrl")]
    [InlineData("pm_card_visa", "javascript:alert(1)", "returnUrl")]
    [InlineData("pm_card_visa", "not an address", "returnUrl")]
    public async Task Refuses_a_method_or_a_return_address_of_the_wrong_shape(string? method, string? returnUrl, string field)
    {
        var reply = await Shop.As(Shop.Anna).Post("/api/payments", new { orderId = Shop.PlaceOrder(), method, returnUrl }, "shape");
        Assert.Equal((422, "validation"), Both(reply));
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Refuses_a_return_address_that_only_begins_like_the_shop()
    {
        var shop = Shop.Store.Url("gateway");
        foreach (var address in new[] { shop + "0/x", shop + "@evil.example/", shop.Replace("http://", "http://a@"), shop.Replace("http:", "https:") })
            Assert.Equal("validation", (await Shop.Pay(Shop.PlaceOrder(), returnUrl: address)).Code);
        Assert.Equal(201, (await Shop.Pay(Shop.PlaceOrder(), returnUrl: shop + "/checkout/done?x=1")).Status);
    }

    [Fact]
    public async Task Refuses_without_a_token_a_key_or_a_body()
    {
        var nobody = Shop.Store.Api("payments");
        Assert.Equal((401, "unauthenticated"), Both(await nobody.Post("/api/payments", new { orderId = Shop.NewId(), method = "pm_card_visa" }, "k")));
        Assert.Equal((400, "idempotency_key_missing"), Both(await Shop.As(Shop.Anna).Post("/api/payments", new { orderId = Shop.NewId(), method = "pm_card_visa" })));
        Assert.Equal((400, "malformed"), Both(await Shop.As(Shop.Anna).Post("/api/payments", "{\"orderId\":", "k")));
        Assert.Equal((400, "malformed"), Both(await Shop.As(Shop.Anna).Post("/api/payments", "{\"orderId\": 7}", "k")));
        Assert.Equal((422, "validation"), Both(await Shop.As(Shop.Anna).Post("/api/payments", "{}", "k")));
    }

    [Fact]
    public async Task A_method_that_the_provider_does_not_know_is_declined_and_the_order_stays_payable()
    {
        var order = Shop.PlaceOrder();
        var reply = await Shop.Pay(order, "pm_nobody_knows");
        Assert.Equal((402, "payment_declined"), Both(reply));
        Assert.Equal("resource_missing", reply.Json.GetProperty("declineCode").GetString());
        Assert.Equal(201, (await Shop.Pay(order)).Status);
        Assert.Equal(["canceled", "succeeded"], (await Shop.Intents(order)).Select(intent => intent.GetProperty("status").GetString()).Order());
        Assert.Single(await Shop.Charges(order));
    }

    [Fact]
    public async Task Orders_away_is_503_and_nothing_is_recorded()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        await shop.Store.Stop("orders");
        var reply = await shop.InTime(shop.Pay(order, key: "later"));
        Assert.Equal((503, "temporarily_unavailable"), Both(reply));
        Assert.NotNull(reply.Header("Retry-After"));
        await shop.Store.Run("orders");
        Assert.Equal(201, (await shop.Pay(order, key: "later")).Status);
    }

    [Fact]
    public async Task The_provider_away_before_there_is_an_intent_is_503_and_nothing_is_recorded()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        shop.Wire.Cut("/payment_intents");
        Assert.Equal((503, "temporarily_unavailable"), Both(await shop.Pay(order, key: "later")));
        shop.Wire.Script = null;
        Assert.Equal(201, (await shop.Pay(order, key: "later")).Status);
        Assert.Single(await shop.Intents(order));
    }

    [Fact]
    public async Task An_intent_whose_making_was_not_heard_of_is_the_same_intent_at_the_next_try()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        shop.Wire.LoseAnswersTo("/payment_intents", times: 1);
        Assert.Equal(503, (await shop.Pay(order)).Status);
        Assert.Equal(201, (await shop.Pay(order)).Status);
        Assert.Single(await shop.Intents(order));
    }

    [Fact]
    public async Task A_500_that_the_provider_keeps_for_the_intents_key_does_not_keep_the_order_from_being_paid()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        await shop.Arrange("faults", ("on", "POST /v1/payment_intents"), ("answer", "500"), ("kept", "true"));
        Assert.Equal(503, (await shop.Pay(order)).Status);
        Assert.Equal(201, (await shop.Pay(order)).Status);
        Assert.Single(await shop.Charges(order));
    }

    /// <summary>The bank takes its three seconds, and Payments looks again.</summary>
    private static async Task Settled(Shop shop)
    {
        var settling = shop.Store.Get<Stoa.Kernel.LoopRegistry>("sandbox");
        shop.Clock.Advance(TimeSpan.FromSeconds(4));
        await settling.Step(StripeSandbox.SettleLater.LoopName, CancellationToken.None);
    }

    private static string? Method(Reply reply, string field) => reply.Json.GetProperty("method").GetProperty(field).GetString();

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
