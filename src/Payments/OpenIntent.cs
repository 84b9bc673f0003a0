using System.Collections.Concurrent;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Makes sure of the order's one open intent at the provider, or of the session that stands for it (P9): the one there is, or,
/// when there is none or the last was canceled, a new one, unconfirmed. Repeating it makes the same: its key is the order and the
/// generation. A session's address is told to nobody before its id is committed, so one that was lost on the way is never paid.</summary>
public sealed class OpenIntent(Database database, StripeClient stripe, CancelIntent cancel)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ProviderAnswer<Intent>>>> _asking = new(StringComparer.Ordinal);

    /// <param name="due">The order.</param>
    /// <param name="method">How it is to be paid: <see cref="CheckoutSession.Method"/> takes a session, everything else an intent.</param>
    /// <param name="returnUrl">Where a session's page leads back to.</param>
    /// <param name="stop">Ends the wait for the database.</param>
    /// <returns>The intent's or session's id, or why the order cannot be paid now.</returns>
    /// <exception cref="UnavailableException">The provider cannot be asked; nothing was recorded, so the request may be made again.</exception>
    public async Task<(string? IntentId, PaymentRefusal? Refusal)> For(AmountDue due, string method, string returnUrl, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(due);
        var (order, live) = await Look(due.OrderId, stop);
        if (PaymentRules.OfPayments(order.IsClosed, live?.Status) is { } refusal) return (null, refusal);
        if (order.IntentId is { } open && PaymentRules.MustGoFirst(open, live?.Status, method))
        {
            // The buyer pays another way instead of saying yes at the bank. The old attempt must not succeed beside the new one (P8).
            await cancel.Run(open, stop);
            (order, live) = await Look(due.OrderId, stop);
            if (PaymentRules.OfPayments(order.IsClosed, live?.Status) is { } late) return (null, late);
            if (order.IntentId is { } still && PaymentRules.MustGoFirst(still, live?.Status, method)) throw Away();
        }

        return (order.IntentId ?? await Create(due, order.IntentGeneration, method, returnUrl), null);
    }

    private async Task<string> Create(AmountDue due, int generation, string method, string returnUrl)
    {
        var answer = await Ask(due, generation, method, returnUrl);
        if (IsSpent(answer)) answer = await Ask(due, await NextGeneration(due.OrderId, generation), method, returnUrl);
        return answer.Said == Said.Object ? answer.Value!.Id : throw Away();
    }

    /// <summary>Requests at the same moment share one call: the provider would refuse the second use of a key that is at work.</summary>
    private async Task<ProviderAnswer<Intent>> Ask(AmountDue due, int generation, string method, string returnUrl)
    {
        var byPage = method == CheckoutSession.Method;
        var key = $"order-{due.OrderId}-{generation}{(byPage ? "-checkout" : "")}";
        var asking = _asking.GetOrAdd(key, _ => new(() => byPage
            ? stripe.CreateSession(CheckoutSession.Form(due, returnUrl), key) : stripe.CreateIntent(StripeClient.IntentForm(due), key)));
        try
        {
            return await asking.Value;
        }
        finally
        {
            _asking.TryRemove(KeyValuePair.Create(key, asking));
        }
    }

    /// <summary>For a day this key would bring the same failure. What it may have made is an intent whose id nobody knows, so
    /// nobody can confirm it: another beside it is no second charge.</summary>
    private static bool IsSpent(ProviderAnswer<Intent> answer) => answer.Said == Said.BrokeForGood || answer is { Said: Said.Refused, Code: "idempotency_error" };

    private Task<int> NextGeneration(Guid orderId, int spent) => database.Write(async tx =>
    {
        await PayableOrder.Lock(tx, orderId);
        await tx.Execute("""
            UPDATE payable_orders SET intent_generation = intent_generation + 1
            WHERE order_id = @orderId AND intent_generation = @spent AND intent_id IS NULL
            """, new { orderId, spent });
        return (await PayableOrder.Lock(tx, orderId)).IntentGeneration;
    });

    private async Task<(PayableOrder Order, Attempt? Live)> Look(Guid orderId, CancellationToken stop) => await database.Read(async tx =>
        (await PayableOrder.Look(tx, orderId, stop), await Attempt.Live(tx, orderId, stop)), stop);

    private static UnavailableException Away() => new("the payment provider");
}
