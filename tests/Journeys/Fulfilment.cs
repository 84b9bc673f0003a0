using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>What staff do with a paid order, by the API and by <c>./stoa order</c>, with every service running.</summary>
public sealed class Fulfilment(RunningStore store)
{
    [Fact]
    public async Task A_paid_order_called_off_by_staff_is_refunded_and_its_goods_are_on_the_shelf_again()
    {
        var staff = await store.Staff();
        var (ada, order, sku, before) = await Paid(5);
        Assert.Equal(before - 1, await OnHand(staff, sku, before - 1));

        var (code, said) = await Commands.Stoa("order", Number(order), "cancel", "--data", store.Data.FullPath);
        Assert.True(code == 0, said);
        await ada.UntilOrderIs(Shopper.Id(order), "refunded");
        Assert.Equal(before, await OnHand(staff, sku, before));
        var (refused, why) = await Commands.Stoa("order", Number(order), "ship", "Hermes", "H-1", "--data", store.Data.FullPath);
        Assert.Equal(1, refused);
        Assert.Contains("Refused: 409 wrong_status.", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shipped_order_is_delivered_and_refunded_in_parts_without_its_goods()
    {
        var staff = await store.Staff();
        var (ada, order, sku, before) = await Paid(6);
        Assert.Contains("is shipped.", await Works(order, "ship", "Hermes", "H-1"), StringComparison.Ordinal);
        Assert.Contains("is delivered.", await Works(order, "deliver"), StringComparison.Ordinal);
        Assert.Contains("of 0.50 USD: succeeded.", await Works(order, "refund", "0.50"), StringComparison.Ordinal);
        Assert.Equal("delivered", Shopper.Status(await ada.Order(Shopper.Id(order))));
        Assert.Contains("succeeded.", await Works(order, "refund"), StringComparison.Ordinal);
        await ada.UntilOrderIs(Shopper.Id(order), "refunded");
        Assert.Equal(2, (await Works(order)).Split('\n').Count(line => line.StartsWith("  refund ", StringComparison.Ordinal)));
        Assert.Equal(before - 1, await OnHand(staff, sku, before - 1));
    }

    [Fact]
    public async Task The_books_are_compared_with_the_banks()
    {
        await Paid(7);
        var (code, said) = await Commands.Stoa("reconcile", "--json", "--data", store.Data.FullPath);
        var report = JsonSerializer.Deserialize<JsonElement>(said);
        Assert.True(report.GetProperty("complete").GetBoolean(), said);
        Assert.Equal(0, report.GetProperty("open").GetInt32());
        Assert.Equal(0, code);
    }

    private async Task<(Shopper Ada, Reply Order, string Sku, long Before)> Paid(int place)
    {
        var (ada, staff) = (await store.Shopper(), await store.Staff());
        var wanted = await ada.Finds(place);
        var before = (await staff.Get($"/api/stock/{wanted.Sku}")).Json.GetProperty("onHand").GetInt64();
        var order = await ada.Orders(wanted);
        await ada.Pays(Shopper.Id(order));
        await ada.UntilOrderIs(Shopper.Id(order), "paid");
        return (ada, order, wanted.Sku, before);
    }

    private async Task<string> Works(Reply order, params string[] action)
    {
        var (code, said) = await Commands.Stoa(["order", Number(order), .. action, "--data", store.Data.FullPath]);
        Assert.True(code == 0, said);
        return said;
    }

    private static async Task<long> OnHand(Api staff, string sku, long expected) => (await Eventually.Get(
        () => staff.Get($"/api/stock/{sku}"), reply => reply.Json.GetProperty("onHand").GetInt64() == expected, $"{expected} on hand")).Json.GetProperty("onHand").GetInt64();

    private static string Number(Reply order) => order.Json.GetProperty("number").GetString()!;
}
