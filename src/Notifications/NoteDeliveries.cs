using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Notes what is to be told to which webhook, in the transaction that moves the position in the source's log: one
/// delivery per event and webhook, none lost, none twice (E2, E5). What is told is public and thin: ids, amounts and states
/// of version 1, nobody's id, name or address (E8); who wants more asks the API.</summary>
public static class NoteDeliveries
{
    /// <summary>How long deliveries are kept. An older event is not noted, so that a log that is read again repeats nothing.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int Version = 1;

    /// <summary>What a webhook may want.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        OrderAwaitingPayment.Type, OrderCancelled.Type, OrderDelivered.Type, OrderPaid.Type, OrderRefunded.Type, OrderRejected.Type, OrderShipped.Type,
        PaymentRefundFailed.Type, PaymentRefunded.Type, PaymentSucceeded.Type, ProductChanged.Type, ProductDeleted.Type, StockAvailabilityChanged.Type,
    ];

    /// <summary>What Orders tells.</summary>
    public static void FromOrders(Subscription orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        orders.On<OrderAwaitingPayment>((told, name, tx) => Note<OrderAwaitingPayment>(tx, name, new { told.OrderId, told.Total, told.PayBy }))
            .On<OrderPaid>((told, name, tx) => Note<OrderPaid>(tx, name, new { told.OrderId, told.Total }))
            .On<OrderRejected>((told, name, tx) => Note<OrderRejected>(tx, name, new { told.OrderId }))
            .On<OrderCancelled>((told, name, tx) => Note<OrderCancelled>(tx, name, new { told.OrderId, told.Reason }))
            .On<OrderShipped>((told, name, tx) => Note<OrderShipped>(tx, name, new { told.OrderId }))
            .On<OrderDelivered>((told, name, tx) => Note<OrderDelivered>(tx, name, new { told.OrderId }))
            .On<OrderRefunded>((told, name, tx) => Note<OrderRefunded>(tx, name, new { told.OrderId, told.ReturnsStock }));
    }

    /// <summary>What Payments tells.</summary>
    public static void FromPayments(Subscription payments)
    {
        ArgumentNullException.ThrowIfNull(payments);
        payments.On<PaymentSucceeded>((told, name, tx) => Note<PaymentSucceeded>(tx, name, new { told.OrderId, told.PaymentId, told.Amount, told.AfterClosure }))
            .On<PaymentRefunded>((told, name, tx) => Note<PaymentRefunded>(tx, name, new { told.OrderId, told.PaymentId, told.RefundId, told.Amount, told.RefundedTotal, told.Whole }))
            .On<PaymentRefundFailed>((told, name, tx) => Note<PaymentRefundFailed>(tx, name, new { told.OrderId, told.PaymentId, told.RefundId, told.Amount, told.RefundedTotal }));
    }

    /// <summary>What Products tells.</summary>
    public static void FromProducts(Subscription products)
    {
        ArgumentNullException.ThrowIfNull(products);
        products.On<ProductChanged>((told, name, tx) => Note<ProductChanged>(tx, name, new { told.ProductId, told.ProductVersion, told.Slug }))
            .On<ProductDeleted>((told, name, tx) => Note<ProductDeleted>(tx, name, new { told.ProductId, told.ProductVersion }))
            .ReadAgainAfter(NothingToDelete);
    }

    /// <summary>What Inventory tells.</summary>
    public static void FromInventory(Subscription inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        inventory.On<StockAvailabilityChanged>((told, name, tx) => Note<StockAvailabilityChanged>(tx, name, new { told.Sku, told.InStock }))
            .ReadAgainAfter(NothingToDelete);
    }

    /// <summary>What was told was told: a log of state that is read again adds what is new (E4).</summary>
    private static Task NothingToDelete(Transaction tx) => Task.CompletedTask;

    private static async Task Note<T>(Transaction tx, EventName name, object data) where T : IEvent
    {
        if (name.Time <= tx.Now - Kept) return;
        var webhooks = (await tx.Query<Webhook>("SELECT * FROM webhooks WHERE status = 'on' AND tells_since <= @Time", new { name.Time })).FindAll(one => one.Wants(T.Type));
        if (webhooks.Count == 0) return;
        var body = Json.Write(new { name.Id, T.Type, Version, Timestamp = name.Time, data });
        foreach (var webhook in webhooks)
        {
            await tx.Execute("""
                INSERT INTO webhook_deliveries (webhook_id, event_id, type, body, occurred_at, status, attempts, next_attempt_at, version, trace)
                VALUES (@WebhookId, @Id, @Type, @body, @Time, 'waiting', 0, @Now, 1, @Trace) ON CONFLICT DO NOTHING
                """, new { WebhookId = webhook.Id, name.Id, T.Type, body, name.Time, tx.Now, name.Trace });
        }
    }
}
