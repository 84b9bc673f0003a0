using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Payments.Tests;

/// <summary>What of Payments' own waits for a person, and for how long.</summary>
public sealed class AttentionTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Guid _order;
    private string _payment = "";

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.Open();
        _order = _shop.PlaceOrder();
        _payment = (await _shop.Pay(_order)).Json.GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private async Task<JsonElement[]> Rows() =>
        [.. (await _shop.Store.Api("payments").As(_shop.Store.Tokens.Staff(_shop.Anna)).Get("/api/attention/payments")).Json.GetProperty("items").EnumerateArray()];

    private Task Tamper(string sql) => _shop.Store.Get<Database>("payments").Write(tx => tx.Execute(sql));

    private static (string?, int, Guid?, string?) Of(JsonElement row)
    {
        var thing = row.GetProperty("things")[0];
        return (row.GetProperty("kind").GetString(), row.GetProperty("count").GetInt32(), thing.GetProperty("orderId").GetGuid(), thing.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Nothing_does_while_all_is_well()
    {
        await _shop.Refund(_payment, 100);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task An_escalated_refund_does_until_it_is_settled()
    {
        await _shop.Refund(_payment, 100);
        await Tamper("UPDATE refunds SET status = 'escalated'");
        var row = Assert.Single(await Rows());
        Assert.Equal(("refund_escalated", 1, _order, "1.00 USD"), Of(row));
        Assert.Equal(row.GetProperty("since").GetDateTimeOffset(), row.GetProperty("things")[0].GetProperty("since").GetDateTimeOffset());
        await Tamper("UPDATE refunds SET status = 'succeeded'");
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_failed_refund_does_until_another_is_made_or_a_week_went_by()
    {
        await _shop.Refund(_payment, 100);
        await Tamper("UPDATE refunds SET status = 'failed', failure_code = 'expired_or_canceled_card'");
        Assert.Equal(("refund_failed", 1, _order, "1.00 USD, expired or canceled card"), Of(Assert.Single(await Rows())));
        _shop.Clock.Advance(TimeSpan.FromMilliseconds(1)); // ids of one millisecond are in no order
        await _shop.Refund(_payment, 200);
        Assert.Empty(await Rows());
        await Tamper("UPDATE refunds SET status = 'failed', failure_code = 'lost_or_stolen_card'");
        Assert.Equal(2, Assert.Single(await Rows()).GetProperty("count").GetInt32());
        await Tamper("UPDATE refunds SET created_at = created_at - 604900000");
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_late_success_does_until_its_money_is_back_and_a_week_more()
    {
        await Tamper("UPDATE attempts SET after_closure = TRUE, created_at = created_at - 604900000");
        Assert.Equal(("late_success", 1, _order, "42.00 USD, not given back yet"), Of(Assert.Single(await Rows())));
        await _shop.Refund(_payment);
        Assert.Empty(await Rows());
        await Tamper("UPDATE attempts SET created_at = created_at + 604900000");
        Assert.Equal(("late_success", 1, _order, "42.00 USD, given back"), Of(Assert.Single(await Rows())));
    }

    [Fact]
    public async Task Open_differences_do_and_all_are_counted_though_the_oldest_twenty_are_told()
    {
        for (var i = 0; i < Attention.MostThings + 1; i++)
            await Tamper($"INSERT INTO differences (kind, subject, order_id, happened_at, first_seen_at, last_seen_at) VALUES ('charge_without_attempt', 'pi_{i:00}', '{_order.ToString().ToUpperInvariant()}', 1, {1000 + i}, 1)");
        var row = Assert.Single(await Rows());
        Assert.Equal(("money_differs", 21), (row.GetProperty("kind").GetString(), row.GetProperty("count").GetInt32()));
        Assert.Equal(20, row.GetProperty("things").GetArrayLength());
        Assert.Equal(("pi_00", "charge without attempt"), (row.GetProperty("things")[0].GetProperty("subject").GetString(), row.GetProperty("things")[0].GetProperty("detail").GetString()));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1000), row.GetProperty("since").GetDateTimeOffset());
        await Tamper("UPDATE differences SET cleared_at = 2");
        Assert.Empty(await Rows());
    }
}
