using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>3-D Secure: the buyer says yes or no at the bank, or never comes back.</summary>
public sealed class RequiresActionTests : IAsyncLifetime
{
    private const string Asks = "pm_card_authenticationRequired";

    private Shop _shop = null!;
    private Guid _order;
    private Reply _waiting = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open();
        _order = _shop.PlaceOrder();
        _waiting = await _shop.Pay(_order, Asks);
        Assert.Equal((202, "requires_action"), (_waiting.Status, _waiting.Json.GetProperty("status").GetString()));
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private string Id => _waiting.Json.GetProperty("id").GetString()!;

    private string Page => _waiting.Json.GetProperty("nextActionUrl").GetString()!;

    [Fact]
    public async Task A_yes_settles_soon_when_the_buyer_comes_back_and_looks()
    {
        await _shop.Decide(Page, yes: true);
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        var paid = await _shop.Becomes(Id, "succeeded");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, paid.Json.GetProperty("nextActionUrl").ValueKind);
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task A_no_is_a_decline_and_another_method_pays_on_the_same_intent()
    {
        await _shop.Decide(Page, yes: false);
        var declined = await _shop.Becomes(Id, "declined");
        Assert.Equal("payment_intent_authentication_failure", declined.Json.GetProperty("declineCode").GetString());
        Assert.Equal(201, (await _shop.Pay(_order)).Status);
        Assert.Single(await _shop.Intents(_order));
    }

    [Fact]
    public async Task Another_method_first_cancels_what_waits_and_then_pays_on_a_new_intent()
    {
        Assert.Equal(201, (await _shop.Pay(_order, "pm_card_mastercard")).Status);
        Assert.Equal("cancelled", (await _shop.Payment(Id)).Json.GetProperty("status").GetString());
        Assert.Equal(["canceled", "succeeded"], (await _shop.Intents(_order)).Select(intent => intent.GetProperty("status").GetString()).Order());
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task Another_method_is_refused_when_the_buyer_said_yes_meanwhile()
    {
        await _shop.Decide(Page, yes: true);
        var second = await _shop.Pay(_order, "pm_card_mastercard");
        Assert.Equal((409, "order_already_paid"), (second.Status, second.Code));
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task Another_method_is_503_while_the_provider_cannot_cancel_what_waits()
    {
        _shop.Wire.Cut("/cancel");
        Assert.Equal(503, (await _shop.Pay(_order, "pm_card_mastercard")).Status);
        Assert.Equal("requires_action", (await _shop.Payment(Id)).Json.GetProperty("status").GetString());
        _shop.Wire.Script = null;
        Assert.Equal(201, (await _shop.Pay(_order, "pm_card_mastercard")).Status);
    }

    [Fact]
    public async Task A_cancel_whose_answer_was_lost_counts_once_it_is_read()
    {
        _shop.Wire.LoseAnswersTo("/cancel", times: 1);
        Assert.Equal(503, (await _shop.Pay(_order, "pm_card_mastercard")).Status);
        Assert.Equal(201, (await _shop.Pay(_order, "pm_card_mastercard")).Status);
        Assert.Single(await _shop.Charges(_order));
    }

    [Fact]
    public async Task An_abandoned_one_does_not_hold_the_order()
    {
        Assert.Equal("closed", await _shop.Close(_order));
        Assert.Equal("cancelled", (await _shop.Payment(Id)).Json.GetProperty("status").GetString());
        Assert.Empty(await _shop.Charges(_order));
    }

    [Fact]
    public async Task It_is_looked_at_again_although_nobody_asks()
    {
        await _shop.Decide(Page, yes: true);
        await _shop.Sees(() => _shop.Events("payment.succeeded"), events => events.Count == 1, "the event");
    }

    [Fact]
    public async Task A_buyer_who_reloads_does_not_drive_our_calls()
    {
        var before = _shop.Wire.Calls.Count;
        for (var i = 0; i < 10; i++) await _shop.Payment(Id);
        Assert.Equal(before, _shop.Wire.Calls.Count);
    }
}
