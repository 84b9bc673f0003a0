using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The double-entry ledger (P14). Its accounts:
/// <list type="table">
/// <item><term>provider_clearing</term><description>asset: what the provider took for us and has not paid out (debit), or gave back (credit)</description></item>
/// <item><term>customer_orders</term><description>revenue held for orders: what buyers paid (credit)</description></item>
/// <item><term>refunds</term><description>against revenue: what went back to buyers (debit)</description></item>
/// </list>
/// So provider_clearing is at all times what the provider charged less what it refunded.</summary>
public static class Ledger
{
    public const string ProviderClearing = "provider_clearing";
    public const string CustomerOrders = "customer_orders";
    public const string Refunds = "refunds";

    public static JournalEntry Charge(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return JournalEntry.Of("charge", attempt.Id, attempt.OrderId, Posting.Debit(ProviderClearing, attempt.Amount), Posting.Credit(CustomerOrders, attempt.Amount));
    }

    public static JournalEntry Refund(Refund refund)
    {
        ArgumentNullException.ThrowIfNull(refund);
        return JournalEntry.Of("refund", refund.Id, refund.OrderId, Posting.Debit(Refunds, refund.Amount), Posting.Credit(ProviderClearing, refund.Amount));
    }

    /// <summary>A refund that had gone through came back to us (P13).</summary>
    public static JournalEntry RefundReturned(Refund refund)
    {
        ArgumentNullException.ThrowIfNull(refund);
        return JournalEntry.Of("refund_returned", refund.Id, refund.OrderId, Posting.Debit(ProviderClearing, refund.Amount), Posting.Credit(Refunds, refund.Amount));
    }

    /// <summary>Adds the entry, unless one of its kind for the same thing is there: reconciliation's way to put back what is lost.</summary>
    public static async Task BookMissing(Transaction tx, JournalEntry entry, Guid id)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(entry);
        if (await tx.Scalar<int>("SELECT COUNT(*) FROM journal_entries WHERE kind = @Kind AND thing_id = @ThingId", new { entry.Kind, entry.ThingId }) == 0)
            await Book(tx, entry, id);
    }

    /// <summary>Adds the entry. A second one of its kind for the same thing is a bug and ends the transaction (E5).</summary>
    public static async Task Book(Transaction tx, JournalEntry entry, Guid id)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(entry);
        await tx.Execute("INSERT INTO journal_entries (id, kind, thing_id, order_id, booked_at) VALUES (@id, @Kind, @ThingId, @OrderId, @Now)",
            new { id, entry.Kind, entry.ThingId, entry.OrderId, tx.Now });
        foreach (var posting in entry.Postings)
        {
            await tx.Execute("INSERT INTO postings (entry_id, account, currency, debit_minor, credit_minor) VALUES (@id, @Account, @Currency, @DebitMinor, @CreditMinor)",
                new { id, posting.Account, posting.Currency, posting.DebitMinor, posting.CreditMinor });
        }
    }
}

/// <summary>A side of an entry: one of the two amounts is 0, the other above.</summary>
public sealed record Posting(string Account, string Currency, long DebitMinor, long CreditMinor)
{
    public static Posting Debit(string account, Money amount) => new(account, amount.Currency, amount.Amount, 0);

    public static Posting Credit(string account, Money amount) => new(account, amount.Currency, 0, amount.Amount);
}

/// <summary>One business fact in the ledger: its debits equal its credits in each currency.</summary>
public sealed record JournalEntry
{
    private JournalEntry(string kind, Guid thingId, Guid orderId, IReadOnlyList<Posting> postings) =>
        (Kind, ThingId, OrderId, Postings) = (kind, thingId, orderId, postings);

    public string Kind { get; }
    public Guid ThingId { get; }
    public Guid OrderId { get; }
    public IReadOnlyList<Posting> Postings { get; }

    /// <exception cref="BrokenRuleException">A posting has not exactly one side above 0, or the sides differ.</exception>
    public static JournalEntry Of(string kind, Guid thingId, Guid orderId, params Posting[] postings)
    {
        if (postings.Length < 2 || postings.Any(one => one.DebitMinor < 0 || one.CreditMinor < 0 || (one.DebitMinor == 0) == (one.CreditMinor == 0)))
            throw new BrokenRuleException($"an entry of kind {kind} has a posting without one side (P14)");
        if (postings.GroupBy(one => one.Currency).Any(currency => currency.Sum(one => one.DebitMinor) != currency.Sum(one => one.CreditMinor)))
            throw new BrokenRuleException($"the debits of an entry of kind {kind} are not its credits (P14)");
        return new JournalEntry(kind, thingId, orderId, postings);
    }
}
