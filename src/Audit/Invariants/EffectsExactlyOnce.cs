using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>Each effect of a purchase, counted by its business key, happened once where it had to and never where not (E5):
/// goods sold and put back, lines taken from the cart, the mail, entries in the ledger, events in the logs.</summary>
internal static class EffectsExactlyOnce
{
    public static Invariant Invariant { get; } = new("effects_exactly_once", "Each effect of a purchase happened exactly once")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("movements")}, {totals.Count("carts")}, {totals.Count("messages")}, {totals.Count("ledger entries")}, {totals.Count("events")}",
    };

    private static IEnumerable<string> Check(Purchase purchase) =>
        OfGoods(purchase).Concat(OfCartAndMail(purchase)).Concat(OfLedger(purchase)).Concat(OfEvents(purchase));

    private static IEnumerable<string> OfGoods(Purchase purchase)
    {
        if (purchase.Order is not { } order) yield break;
        var movements = purchase.Reservation?.Movements ?? [];
        var returns = order.History.Contains("refunded") && !order.History.Contains("shipped");
        foreach (var sku in order.Lines.Select(line => line.Sku).Union(movements.Select(one => one.Sku), StringComparer.Ordinal))
        {
            var quantity = order.Lines.FirstOrDefault(line => line.Sku == sku)?.Quantity ?? 0;
            if (Wrong(movements, sku, "sale", purchase.IsPaid ? -quantity : 0) is { } sale) yield return sale;
            if (Wrong(movements, sku, "return", returns ? quantity : 0) is { } back) yield return back;
        }

        var decision = purchase.Reservation?.Decision;
        if (purchase.IsPaid != (decision == "sold")) yield return $"the order is {order.Status}, and its reservation reads {decision ?? "nothing"}";
    }

    private static string? Wrong(MovementFacts[] movements, string sku, string kind, long expected)
    {
        var found = movements.Where(one => one.Sku == sku && one.Kind == kind).ToList();
        return found.Count == (expected == 0 ? 0 : 1) && found.Sum(one => one.Quantity) == expected
            ? null : $"{sku}: {found.Count} movements of kind {kind} of together {found.Sum(one => one.Quantity)}, where {expected} was expected";
    }

    private static IEnumerable<string> OfCartAndMail(Purchase purchase)
    {
        if (purchase.Order is not { } order) yield break;
        var taken = purchase.IsPaid && order.CartId is not null ? 1 : 0;
        if (purchase.Taken != taken) yield return $"its lines left a cart {purchase.Taken} times, where {taken} was expected";
        var mails = purchase.Messages.Count(one => one.Kind == "order_paid");
        if (mails != (purchase.IsPaid ? 1 : 0)) yield return $"the order is {order.Status}, and has {mails} messages of kind order_paid";
    }

    private static IEnumerable<string> OfLedger(Purchase purchase)
    {
        var entries = purchase.Payment?.Entries ?? [];
        foreach (var attempt in purchase.Payment?.Attempts ?? [])
        {
            var booked = entries.Count(one => one.Kind == "charge" && one.ThingId == attempt.Id);
            if (booked != (attempt.Status == "succeeded" ? 1 : 0)) yield return $"payment {attempt.Id} ({attempt.Status}) is booked {booked} times";
        }

        foreach (var refund in purchase.Payment?.Refunds ?? [])
        {
            var booked = entries.Count(one => one.Kind == "refund" && one.ThingId == refund.Id) - entries.Count(one => one.Kind == "refund_returned" && one.ThingId == refund.Id);
            if (booked != (refund.Status == "succeeded" ? 1 : 0)) yield return $"refund {refund.Id} ({refund.Status}) is booked {booked} times";
        }
    }

    private static IEnumerable<string> OfEvents(Purchase purchase)
    {
        if (purchase.Order is { } order)
        {
            foreach (var state in (string[])["awaiting_payment", "paid", "shipped", "delivered", "rejected", "cancelled", "refunded"])
            {
                // A state that is entered again tells nobody, but that the money went back after all is news each time (P13).
                var entered = state == "refunded" ? order.History.Count(one => one == state) : order.History.Contains(state) ? 1 : 0;
                var told = order.Events.Count(one => one == "order." + state);
                if (told != entered) yield return $"the log of Orders says order.{state} {told} times, where {entered} was expected";
            }
        }

        if (purchase.Payment is not { } payment) yield break;
        var (charges, succeeded) = (payment.Events.Count(one => one == "payment.succeeded"), purchase.Succeeded.Count());
        if (charges != succeeded) yield return $"the log of Payments says payment.succeeded {charges} times, and {succeeded} attempts succeeded";
        var (refunds, booked) = (payment.Events.Count(one => one == "payment.refunded"), payment.Entries.Count(one => one.Kind == "refund"));
        if (refunds != booked) yield return $"the log of Payments says payment.refunded {refunds} times, and {booked} refunds are booked";
    }
}
