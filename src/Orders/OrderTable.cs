using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>How an order is read and written. Every write after the first meets the version that was read (P1).</summary>
public static class OrderTable
{
    /// <summary>For a decision: the row stays locked until the commit (S2).</summary>
    public static Task<Order?> ToDecide(this Transaction tx, Guid id) =>
        tx.Find<Order>("SELECT * FROM orders WHERE id = @id" + tx.Lock, new { id });

    /// <summary>For a look.</summary>
    public static Task<Order?> Find(Database database, Guid id, CancellationToken stop) =>
        database.Find<Order>("SELECT * FROM orders WHERE id = @id", new { id }, stop);

    /// <summary>The states that an order had entered when it was read, oldest first.</summary>
    public static Task<List<OrderStep>> HistoryOf(Order order, Database database, CancellationToken stop) => database.Query<OrderStep>(
        "SELECT status, at, actor_id FROM order_history WHERE order_id = @Id AND version <= @Version ORDER BY version", new { order.Id, order.Version }, stop);

    /// <exception cref="OvertakenException">The number is taken already (one in 2⁵⁰ each): the caller is told to try again.</exception>
    public static async Task Add(this Transaction tx, Order order)
    {
        await tx.Expect("the order's number", """
            INSERT INTO orders (id, number, buyer_id, cart_id, status, version, lines, currency, subtotal_minor, shipping_minor,
                tax_minor, total_minor, email, address, language, created_at, attempts, next_attempt, leased_until)
            VALUES (@Id, @Number, @BuyerId, @CartId, @Status, @Version, @Lines, @Currency, @SubtotalMinor, @ShippingMinor,
                @TaxMinor, @TotalMinor, @Email, @Address, @Language, @CreatedAt, @Attempts, @NextAttempt, @LeasedUntil)
            ON CONFLICT (number) DO NOTHING
            """, order);
        await Note(tx, order, null);
    }

    /// <summary>Writes what became of an order that was read, and its history with it.</summary>
    /// <param name="tx">Where.</param>
    /// <param name="read">As it was read.</param>
    /// <param name="moved">As it is to be.</param>
    /// <param name="actor">The staff member who moved it.</param>
    /// <returns>As it was written: the version is one more.</returns>
    /// <exception cref="OvertakenException">Somebody else moved it meanwhile: nothing is written.</exception>
    public static async Task<Order> Save(this Transaction tx, Order read, Order moved, Guid? actor = null)
    {
        await tx.Expect("the order", """
            UPDATE orders SET version = version + 1, status = @Status, pay_by = @PayBy, attempts = @Attempts,
                next_attempt = @NextAttempt, leased_until = @LeasedUntil, close_reason = @CloseReason, shortages = @Shortages,
                carrier = @Carrier, tracking_number = @TrackingNumber,
                refund_id = @RefundId, refunded_from = @RefundedFrom
            WHERE id = @Id AND version = @Version
            """, moved with { Version = read.Version });
        var written = moved with { Version = read.Version + 1 };
        if (written.Status != read.Status) await Note(tx, written, actor);
        return written;
    }

    private static Task Note(Transaction tx, Order order, Guid? actor) => tx.Execute("""
        INSERT INTO order_history (order_id, version, status, at, actor_id) VALUES (@Id, @Version, @Status, @Now, @actor)
        """, new { order.Id, order.Version, order.Status, tx.Now, actor });
}
