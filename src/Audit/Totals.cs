using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>What an audit has looked at. Sums are per currency, in minor units.</summary>
public sealed class Totals
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, long>> _sums = new(StringComparer.Ordinal);

    /// <summary>How many of something, with the number's separators: <c>1,204 orders</c>.</summary>
    public string Count(string what) => string.Create(CultureInfo.InvariantCulture, $"{_counts.GetValueOrDefault(what):N0} {what}");

    /// <summary>How much of something.</summary>
    public string Sum(string what) => _sums.TryGetValue(what, out var sums) ? string.Join(" + ", sums.Select(one => new Money(one.Value, one.Key).ToString())) : "0";

    internal long Number(string what) => _counts.GetValueOrDefault(what);

    internal void Add(Purchase purchase)
    {
        if (purchase.Order is { } order)
        {
            Count("orders", 1);
            Count("keys", order.Keys ?? 0);
            Count("states entered", order.History.Length);
            Count(order.Status + " orders", 1);
            if (purchase.IsPaid) Sum("paid orders", order.Total.Amount, order.Total.Currency);
        }

        Count("reservations", purchase.Reservation?.Decision is null ? 0 : 1);
        Count("movements", purchase.Reservation?.Movements.Length ?? 0);
        Count("messages", purchase.Messages.Count);
        Count("carts", purchase.Taken);
        Count("attempts", purchase.Payment?.Attempts.Length ?? 0);
        Count("refunds", purchase.Payment?.Refunds.Length ?? 0);
        Count("events", (purchase.Order?.Events.Length ?? 0) + (purchase.Payment?.Events.Length ?? 0));
        Count("acknowledged orders", purchase.Acknowledged is null ? 0 : 1);
        Count("acknowledged payments", purchase.Acknowledged?.Payments.Count ?? 0);
        foreach (var charge in purchase.Charges)
        {
            Count("charges", 1);
            Sum("charged", charge.Amount.Amount, charge.Amount.Currency);
        }

        foreach (var refund in purchase.Bank?.Refunds.Where(one => one.Status == "succeeded") ?? []) Sum("refunded", refund.Amount.Amount, refund.Amount.Currency);
        foreach (var entry in purchase.Payment?.Entries ?? []) Add(entry);
    }

    internal void Add(StockFacts stock)
    {
        Count("SKUs", 1);
        Count("on hand", stock.OnHand);
        Count("reserved", stock.Reserved);
        Count("received", stock.Received);
        Count("sold", stock.Sold - stock.Returned);
    }

    internal void Add(IReadOnlyList<LogFacts> logs)
    {
        Count("logs", logs.Count);
        Count("subscriptions", logs.Sum(one => one.Subscriptions.Length));
        Count("events logged", logs.Sum(one => one.Head));
    }

    private void Add(EntryFacts entry)
    {
        Count("ledger entries", 1);
        foreach (var side in entry.Postings)
        {
            Sum("debits", side.DebitMinor, side.Currency);
            Sum("credits", side.CreditMinor, side.Currency);
            if (side.Account == "provider_clearing") Sum("clearing", side.DebitMinor - side.CreditMinor, side.Currency);
        }
    }

    private void Count(string what, long number) => _counts[what] = _counts.GetValueOrDefault(what) + number;

    private void Sum(string what, long amount, string currency)
    {
        if (!_sums.TryGetValue(what, out var sums)) _sums[what] = sums = new(StringComparer.Ordinal);
        sums[currency] = sums.GetValueOrDefault(currency) + amount;
    }
}
