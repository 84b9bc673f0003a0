using System.Net;
using System.Text.Json;

namespace Stoa.Payments.Tests;

/// <summary>P11: money taken for an order that was closed all the same. It needs a provider that breaks its word.</summary>
public sealed class LateSuccessTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Guid _order;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open(webhooks: true);
        _order = _shop.PlaceOrder();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Is_booked_and_given_back_in_full_by_itself()
    {
        await SucceedAfterClosure("pm_card_authenticationRequired");
        var refunded = await _shop.Sees(() => _shop.Payment(_id), reply => Refunded(reply.Json) == 4200, "the refund");
        Assert.Equal("succeeded", refunded.Json.GetProperty("status").GetString());

        Assert.True(Assert.Single(await _shop.Events("payment.succeeded")).GetProperty("afterClosure").GetBoolean());
        var told = Assert.Single(await _shop.Events("payment.refunded"));
        Assert.True(told.GetProperty("whole").GetBoolean());
        Assert.Equal(4200, told.GetProperty("refundedTotal").GetProperty("amount").GetInt64());
        Assert.Equal(4200, Assert.Single(await _shop.Refunds()).GetProperty("amount").GetInt64());
        var balances = await _shop.Balances();
        Assert.Equal((0, -4200, 4200), (balances[Ledger.ProviderClearing], balances[Ledger.CustomerOrders], balances[Ledger.Refunds]));
        Assert.Equal("closed", await _shop.Close(_order));
        Assert.Contains("kind=\"late_success\"", (await _shop.Store.Api("payments").Get("/metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_given_back_once_though_answers_are_lost()
    {
        _shop.Wire.LoseAnswersTo("/refunds", times: 3);
        await SucceedAfterClosure("pm_card_authenticationRequired");
        await _shop.Sees(() => _shop.Payment(_id), reply => Refunded(reply.Json) == 4200, "the refund");
        Assert.Single(await _shop.Refunds());
        Assert.Single(await _shop.Events("payment.refunded"));
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    /// <summary>The provider says canceled, and takes the money nevertheless.</summary>
    private async Task SucceedAfterClosure(string method)
    {
        var reply = await _shop.Pay(_order, method);
        _id = reply.Json.GetProperty("id").GetString()!;
        var intent = Assert.Single(await _shop.Intents(_order)).GetProperty("id").GetString();
        var script = _shop.Wire.Script;
        _shop.Wire.Answer("/cancel", HttpStatusCode.OK, $$"""{"id":"{{intent}}","object":"payment_intent","status":"canceled"}""", times: 1);
        Assert.Equal("closed", await _shop.Close(_order));
        _shop.Wire.Script = script;
        await _shop.Decide(reply.Json.GetProperty("nextActionUrl").GetString()!, yes: true);
    }

    private static long Refunded(JsonElement payment) => payment.GetProperty("refunded").GetProperty("amount").GetInt64();
}
