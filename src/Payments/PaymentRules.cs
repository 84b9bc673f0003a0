using Stoa.Contracts;

namespace Stoa.Payments;

/// <summary>Why a payment is not taken.</summary>
public enum PaymentRefusal
{
    OrderNotReady,
    OrderClosed,
    OrderAlreadyPaid,
    PaymentInFlight,
}

/// <summary>What the next call to the provider about an attempt is.</summary>
public enum NextCall
{
    /// <summary>Confirm with the stored form, for the first time or again.</summary>
    Confirm,
    /// <summary>Read the intent, and cancel it if it is undecided (P10).</summary>
    ReadOrCancel,
    /// <summary>Read the intent.</summary>
    Read,
}

/// <summary>The rules of paying, without a database or a provider.</summary>
public static class PaymentRules
{
    /// <summary>Longer than the calls of one step: three of 3 s.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(12);

    /// <summary>How long an attempt's confirmation is repeated: well within the day for which the provider knows its key (P10).</summary>
    public static readonly TimeSpan RepeatsFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan LooksOftenFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan MostOften = TimeSpan.FromSeconds(2);

    /// <summary>Whether an order in this state can be paid at all.</summary>
    /// <param name="status">The order's state as Orders tells it.</param>
    public static PaymentRefusal? OfOrder(string status) => status switch
    {
        "awaiting_payment" => null,
        "closing" or "cancelled" or "rejected" => PaymentRefusal.OrderClosed,
        "paid" or "refunding" or "shipped" or "delivered" or "refunded" => PaymentRefusal.OrderAlreadyPaid,
        _ => PaymentRefusal.OrderNotReady,
    };

    /// <summary>Whether the order's payments so far leave room for another. An attempt that waits for its buyer does not
    /// stand in the way, but its intent must be canceled first (P8).</summary>
    public static PaymentRefusal? OfPayments(bool closed, string? liveStatus) => (closed, liveStatus) switch
    {
        (true, _) => PaymentRefusal.OrderClosed,
        (_, Attempt.Succeeded) => PaymentRefusal.OrderAlreadyPaid,
        (_, Attempt.Submitted or Attempt.Processing) => PaymentRefusal.PaymentInFlight,
        _ => null,
    };

    /// <summary>The arbiter's answer (P8).</summary>
    /// <returns>Null when an intent is open that must be canceled first.</returns>
    public static string? Closure(bool closed, string? liveStatus, bool intentOpen) => (closed, liveStatus) switch
    {
        (true, _) => Contracts.Closure.Closed,
        (_, Attempt.Succeeded) => Contracts.Closure.Paid,
        (_, Attempt.Submitted or Attempt.Processing) => Contracts.Closure.InFlight,
        _ => intentOpen ? null : Contracts.Closure.Closed,
    };

    /// <summary>Whether what is open for the order must be ended at the provider before a new attempt (P8, P9). One intent serves all
    /// methods after a decline; nothing is confirmed beside a bank's open page, nor beside an open session, nor a session opened beside.</summary>
    /// <param name="open">The order's open intent or session.</param>
    /// <param name="liveStatus">Of the attempt that it waits with, if it does.</param>
    /// <param name="method">The new attempt's.</param>
    public static bool MustGoFirst(string open, string? liveStatus, string method) =>
        liveStatus == Attempt.RequiresAction || method == CheckoutSession.Method || CheckoutSession.Is(open);

    public static NextCall Next(Attempt attempt, DateTimeOffset now) => attempt.Status switch
    {
        _ when CheckoutSession.Is(attempt.IntentId) => NextCall.Read, // to confirm it is the buyer's part
        Attempt.Submitted => now - attempt.CreatedAt < RepeatsFor ? NextCall.Confirm : NextCall.ReadOrCancel,
        _ => NextCall.Read,
    };

    /// <summary>What the answer to a confirmation says of its attempt. A card error is final for it; anything that is
    /// neither an outcome nor "not yet" is settled by reading the intent, never taken for a "no" (P10).</summary>
    /// <returns>Null: the intent must be read.</returns>
    public static Outcome? OfConfirmation(ProviderAnswer<Intent> answer) => answer.Said switch
    {
        Said.Object => OfIntent(answer.Value!),
        Said.CardError => new Outcome.Declined(answer.Code ?? "card_declined", answer.Method),
        Said.NotYet => new Outcome.Unknown(),
        _ => null,
    };

    /// <summary>What the intent, read by its id, says of the last attempt made with it.</summary>
    /// <param name="status">The attempt's. Of a submitted one an open intent says nothing: its confirmation may not have arrived yet.</param>
    /// <param name="intent">As read.</param>
    /// <returns>Null: nothing.</returns>
    public static Outcome? OfReading(string status, Intent intent) =>
        OfIntent(intent) ?? (status is Attempt.Processing or Attempt.RequiresAction && intent.Status == Intent.RequiresPaymentMethod
            ? new Outcome.Declined(intent.ErrorCode ?? "payment_failed", intent.Method) : null);

    /// <summary>When to look again at an attempt whose outcome is open. Soon while somebody waits; a debit takes days.</summary>
    public static (TimeSpan First, TimeSpan Cap) Waits(string status, TimeSpan age) => status switch
    {
        Attempt.Submitted => (TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15)),
        _ when age < LooksOftenFor => (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15)),
        _ => (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
    };

    /// <summary>Whether a look by the buyer makes us ask the provider again: back from the bank's page, the answer should not
    /// wait for our next turn, and a buyer who reloads must not drive our calls.</summary>
    public static bool MayHasten(Attempt attempt, DateTimeOffset now) =>
        attempt.IsUnfinished && attempt.LeaseUntil <= now && now - attempt.LookedAt >= MostOften;

    private static Outcome? OfIntent(Intent intent) => intent.Status switch
    {
        Intent.Succeeded => new Outcome.Succeeded(intent.Method, intent.Id),
        Intent.Canceled => new Outcome.Cancelled(),
        Intent.Processing => new Outcome.Processing(intent.Method),
        Intent.RequiresAction when intent.NextActionUrl is not null => new Outcome.RequiresAction(intent.NextActionUrl, intent.Method),
        _ => null,
    };
}

/// <summary>What is known of an attempt after a call to the provider.</summary>
public abstract record Outcome
{
    /// <param name="IntentId">The intent that holds the charge.</param>
    public sealed record Succeeded(PaymentMethodView? Method, string IntentId) : Outcome;

    public sealed record Declined(string Code, PaymentMethodView? Method) : Outcome;

    /// <summary>The intent is canceled: nothing was taken and nothing will be.</summary>
    /// <param name="Refusal">The provider's code, when it had refused the confirmation as such; else null.</param>
    public sealed record Cancelled(string? Refusal = null) : Outcome;

    public sealed record RequiresAction(string Url, PaymentMethodView? Method) : Outcome;

    public sealed record Processing(PaymentMethodView? Method) : Outcome;

    /// <summary>Nothing yet: ask again.</summary>
    public sealed record Unknown : Outcome;
}
