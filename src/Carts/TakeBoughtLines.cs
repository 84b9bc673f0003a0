using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Carts;

/// <summary>Takes what was bought out of the cart that the order names, once per order and never below 0 (C2). Orders lets
/// an order name its buyer's own cart only. Where that was a guest's and has been merged since, the lines are in the
/// shopper's cart, and are taken there. Who the order's buyer is by now says nothing: it may have become the shopper's
/// before the guest's cart did (I4).</summary>
public static class TakeBoughtLines
{
    public static async Task Handle(OrderPaid order, Transaction tx)
    {
        if (order.CartId is null) return;
        if (await tx.Execute("INSERT INTO orders_taken (order_id) VALUES (@OrderId) ON CONFLICT DO NOTHING", new { order.OrderId }) == 0) return;
        var cartId = await tx.Find<Guid?>("SELECT COALESCE(merged_into, id) FROM carts WHERE id = @CartId" + tx.Lock, new { order.CartId });
        if (cartId is null) return;
        await ChangeCart.Touch(tx, cartId.Value); // first, for it locks the cart
        foreach (var line in order.Lines) await Take(tx, cartId.Value, line);
    }

    private static async Task Take(Transaction tx, Guid cartId, SkuQuantity line)
    {
        var args = new { cartId, line.Sku, line.Quantity };
        await tx.Execute("DELETE FROM cart_lines WHERE cart_id = @cartId AND sku = @Sku AND quantity <= @Quantity", args);
        await tx.Execute("UPDATE cart_lines SET quantity = quantity - @Quantity WHERE cart_id = @cartId AND sku = @Sku AND quantity > @Quantity", args);
    }
}
