using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Inventory.Tests;

/// <summary>What staff see was done for an order.</summary>
public sealed class ShowForOrderTests(Shelf shelf)
{
    [Fact]
    public async Task Staff_see_the_decision_and_then_what_left_the_shelf()
    {
        var (cups, order) = (await shelf.Sku(5), shelf.NewId());
        await shelf.Put(order, new SkuQuantity(cups, 2));
        var held = await Seen(order);
        Assert.Equal(("reserved", 0), (held.GetProperty("decision").GetString(), held.GetProperty("movements").GetArrayLength()));

        await shelf.Paid(order, new SkuQuantity(cups, 2));
        await shelf.ReadsAllOrders();
        var sold = await Seen(order);
        Assert.Equal(("sold", held.GetProperty("decidedAt").GetString()), (sold.GetProperty("decision").GetString(), sold.GetProperty("decidedAt").GetString()));
        var moved = Assert.Single(sold.GetProperty("movements").EnumerateArray());
        Assert.Equal((cups, "sale", -2), (moved.GetProperty("sku").GetString(), moved.GetProperty("kind").GetString(), moved.GetProperty("quantity").GetInt64()));
    }

    [Fact]
    public async Task An_order_that_nothing_was_decided_for_is_404_and_shoppers_may_not_ask()
    {
        Assert.Equal(404, (await shelf.Staff.Get($"/api/stock/orders/{shelf.NewId()}")).Status);
        var customer = shelf.Store.Api("inventory").As(shelf.Store.Tokens.Customer(shelf.NewId()));
        Assert.Equal(403, (await customer.Get($"/api/stock/orders/{shelf.NewId()}")).Status);
    }

    private async Task<JsonElement> Seen(Guid order) => (await shelf.Staff.Get($"/api/stock/orders/{order}")).Json;
}
