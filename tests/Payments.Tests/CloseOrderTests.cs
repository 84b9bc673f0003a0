namespace Stoa.Payments.Tests;

/// <summary>P8: Payments is the arbiter of pay against cancel, in whatever order the two come.</summary>
public sealed class CloseOrderTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private Shop Shop => shared.Shop;

    [Fact]
    public async Task An_order_never_heard_of_is_closed_and_stays_so()
    {
        var order = Shop.PlaceOrder();
        Assert.Equal("closed", await Shop.Close(order));
        Assert.Equal("closed", await Shop.Close(order));
        var late = await Shop.Pay(order);
        Assert.Equal((409, "order_closed"), (late.Status, late.Code));
        Assert.Empty(await Shop.Intents(order));
    }

    [Fact]
    public async Task A_paid_order_cannot_be_closed()
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order);
        Assert.Equal("paid", await Shop.Close(order));
        Assert.Equal("paid", await Shop.Close(order));
    }

    [Fact]
    public async Task After_a_decline_the_open_intent_is_canceled_before_the_order_is_closed()
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order, "pm_card_visa_chargeDeclined");
        Assert.Equal("closed", await Shop.Close(order));
        Assert.Equal("canceled", Assert.Single(await Shop.Intents(order)).GetProperty("status").GetString());
        Assert.Equal("order_closed", (await Shop.Pay(order)).Code);
    }

    [Fact]
    public async Task A_debit_under_way_holds_the_order()
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order, "pm_usBankAccount_processing");
        Assert.Equal("in_flight", await Shop.Close(order));
    }

    [Fact]
    public async Task With_the_provider_away_and_an_intent_open_the_order_is_not_closed()
    {
        await using var shop = await Shop.Open();
        var (waiting, declined) = (shop.PlaceOrder(), shop.PlaceOrder());
        await shop.Pay(waiting, "pm_card_authenticationRequired");
        await shop.Pay(declined, "pm_card_visa_chargeDeclined");
        shop.Wire.Cut();
        Assert.Equal("in_flight", await shop.Close(waiting));
        Assert.Equal("in_flight", await shop.Close(declined));
        shop.Wire.Script = null;
        Assert.Equal("closed", await shop.Close(waiting));
        Assert.Equal("closed", await shop.Close(declined));
    }

    [Fact]
    public async Task A_yes_at_the_bank_before_the_closure_wins()
    {
        var order = Shop.PlaceOrder();
        var reply = await Shop.Pay(order, "pm_card_authenticationRequired");
        await Shop.Decide(reply.Json.GetProperty("nextActionUrl").GetString()!, yes: true);
        Assert.Equal("paid", await Shop.Close(order));
        Assert.Equal("succeeded", (await Shop.Payment(reply.Json.GetProperty("id").GetString()!)).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_confirmation_under_way_holds_the_order_and_then_it_is_paid()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        var closure = "";
        shop.Wire.On("/confirm", 1, async call =>
        {
            closure = await shop.Close(order);
            return await call();
        });
        Assert.Equal(201, (await shop.Pay(order)).Status);
        Assert.Equal("in_flight", closure);
        Assert.Equal("paid", await shop.Close(order));
    }

    [Fact]
    public async Task A_closure_between_the_question_to_orders_and_the_attempt_wins()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        shop.Wire.On("/payment_intents", 1, async call =>
        {
            Assert.Equal("closed", await shop.Close(order));
            return await call();
        });
        var reply = await shop.Pay(order);
        Assert.Equal((409, "order_closed"), (reply.Status, reply.Code));
        Assert.Equal(0, shop.Wire.Count("/confirm"));
    }

    [Fact]
    public async Task A_new_attempt_that_comes_while_the_intent_is_being_canceled_takes_nothing()
    {
        await using var shop = await Shop.Open();
        var order = shop.PlaceOrder();
        await shop.Pay(order, "pm_card_visa_chargeDeclined");
        shop.Wire.On("/cancel", 1, async call =>
        {
            var answer = await call();
            var between = await shop.Pay(order); // on the intent that is canceled by now
            Assert.Equal((402, "payment_declined"), (between.Status, between.Code));
            return answer;
        });
        Assert.Equal("closed", await shop.Close(order));
        Assert.Empty(await shop.Charges(order));
    }

    [Fact]
    public async Task Only_services_may_close_and_read()
    {
        var anna = Shop.As(Shop.Anna);
        Assert.Equal(401, (await anna.Put($"/internal/orders/{Shop.NewId()}/closure")).Status);
        Assert.Equal(401, (await anna.Get($"/internal/orders/{Shop.NewId()}/payments")).Status);
    }
}
