using System.Diagnostics;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Records an attempt, with its intent, the exact form and the request's key, before anything confirms it (P9, I1).</summary>
public sealed class SubmitAttempt(Database database, Entropy entropy)
{
    /// <summary>One of the three.</summary>
    /// <param name="Attempt">Made, and its lease is the caller's.</param>
    /// <param name="Earlier">The same key made another meanwhile.</param>
    /// <param name="Refusal">The order can no longer be paid.</param>
    public sealed record Submitted(Attempt? Attempt, EarlierRequest? Earlier = null, PaymentRefusal? Refusal = null);

    public Task<Submitted> Run(
        AmountDue due, string intentId, string method, string returnUrl, Buyer buyer, IdempotencyKey key, string hash, CancellationToken stop) => database.Write(async tx =>
    {
        var trace = Activity.Current?.Id;
        if (await tx.Earlier(SettleAttempt.Scope, buyer, key, hash) is { } earlier) return new Submitted(null, earlier);
        var order = await PayableOrder.Lock(tx, due.OrderId);
        var live = await Attempt.Live(tx, due.OrderId);
        if (PaymentRules.OfPayments(order.IsClosed, live?.Status) is { } refusal) return new Submitted(null, Refusal: refusal);
        if (live is not null) return new Submitted(null, Refusal: PaymentRefusal.PaymentInFlight);
        // Another request canceled this intent, or opened another, since ours looked: the next try sees it.
        if (order.IntentId is { } open && open != intentId) throw new OvertakenException($"the intent of order {due.OrderId}");

        await tx.Execute("UPDATE payable_orders SET intent_id = @intentId, buyer_id = @BuyerId WHERE order_id = @OrderId", new { intentId, due.BuyerId, due.OrderId });
        var id = entropy.NewId();
        await tx.Execute("""
            INSERT INTO attempts (id, order_id, amount_minor, currency, intent_id, form, api_version, status, after_closure,
                version, tries, next_attempt_at, lease_until, looked_at, created_at, trace)
            VALUES (@id, @OrderId, @Amount, @Currency, @intentId, @form, @ApiVersion, 'submitted', FALSE, 1, 0, @lease, @lease, @Now, @Now, @trace)
            """, new
        {
            id,
            due.OrderId,
            due.Total.Amount,
            due.Total.Currency,
            intentId,
            form = method == CheckoutSession.Method ? "" : StripeClient.ConfirmationForm(method, returnUrl), // on the page the buyer confirms
            StripeClient.ApiVersion,
            lease = tx.Now + PaymentRules.Lease,
            tx.Now,
            trace,
        });
        await tx.Remember(SettleAttempt.Scope, buyer, key, hash, id);
        return new Submitted(await Attempt.Find(tx, id));
    }, stop);
}
