using System.Runtime.CompilerServices;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Compares the provider's refunds with ours and the ledger, page by page, then ours that no page showed (P15).</summary>
public sealed class CompareRefunds(Database database, StripeClient stripe, SettleRefund settle, Differences differences, Entropy entropy, TimeProvider clock)
{
    private const int PageOfOurs = 500;

    public async Task Run(Reconciliation pass, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var seen = new HashSet<Guid>();
        string? after = null;
        do
        {
            stop.ThrowIfCancellationRequested();
            var page = await stripe.ListRefunds(pass.From, after);
            if (page.Said != Said.Object) throw Reconciliation.ProviderAway();
            await ComparePage(page.Value!.Items, pass, stop);
            seen.UnionWith(page.Value.Items.Select(one => one.OurId).OfType<Guid>());
            after = page.Value.HasMore ? page.Value.Items[^1].Id : null;
        }
        while (after is not null);

        await foreach (var ours in Ours(pass, stop))
        {
            if (!seen.Contains(ours.Id)) await LookAgain(ours.ProviderRefundId, ours.Id, pass, stop);
        }
    }

    private async Task ComparePage(IReadOnlyList<ProviderRefund> page, Reconciliation pass, CancellationToken stop)
    {
        pass.Refunds += page.Count;
        var ids = page.Select(one => one.OurId).OfType<Guid>().ToArray();
        var ours = (await database.Query<OurRefund>(Select + " WHERE r.id IN @ids", new { ids }, stop)).ToDictionary(one => one.Id);
        foreach (var theirs in page)
        {
            var known = theirs.OurId is { } id ? ours.GetValueOrDefault(id) : null;
            if (ReconciliationRules.OfRefund(theirs, known, clock.GetUtcNow()) is not null) await LookAgain(theirs.Id, theirs.OurId, pass, stop);
        }
    }

    /// <summary>See <see cref="CompareCharges"/>: what looks wrong counts only after another look, and after the repair that it allows.</summary>
    private async Task LookAgain(string? providerId, Guid? ourId, Reconciliation pass, CancellationToken stop)
    {
        var theirs = providerId is null ? null : await Read(providerId);
        var ours = await Of(ourId, stop);
        var finding = ReconciliationRules.OfRefund(theirs, ours, clock.GetUtcNow());
        if (finding is Finding.Repairable repairable)
        {
            await Repair(repairable, theirs!, ours!);
            ours = await Of(ourId, stop);
            finding = ReconciliationRules.OfRefund(theirs, ours, clock.GetUtcNow());
            if (finding is null) pass.Repaired.Add(new Repaired(repairable.Kind, providerId!, ours!.OrderId));
        }

        if (finding is null) return;
        await differences.Note(pass, new Difference(
            finding.Kind, providerId ?? ourId!.Value.ToString(), ours?.OrderId ?? await OrderOf(theirs?.IntentId, stop),
            finding.OursMinor, finding.TheirsMinor, ours?.Currency ?? theirs!.Currency, ours?.CreatedAt ?? theirs!.CreatedAt), stop);
    }

    private Task Repair(Finding.Repairable finding, ProviderRefund theirs, OurRefund ours) => finding.Kind == ReconciliationRules.RefundNotSettled
        ? Settle(theirs, ours)
        : database.Write(async tx =>
        {
            await PayableOrder.Lock(tx, ours.OrderId);
            var refund = (await Refund.Find(tx, ours.Id))!;
            var missing = finding.Kind == ReconciliationRules.ReturnNotBooked ? Ledger.RefundReturned(refund) : Ledger.Refund(refund);
            if (refund.Status == ours.Status) await Ledger.BookMissing(tx, missing, entropy.NewId());
        });

    private async Task Settle(ProviderRefund theirs, OurRefund ours)
    {
        var refund = (await Refund.Find(database, ours.Id))!;
        await settle.Apply(refund, theirs);
    }

    private async Task<ProviderRefund?> Read(string providerId)
    {
        var read = await stripe.ReadRefund(providerId);
        return read.Said == Said.Object || read.IsMissing ? read.Value : throw Reconciliation.ProviderAway();
    }

    private async Task<OurRefund?> Of(Guid? id, CancellationToken stop) =>
        id is null ? null : await database.Find<OurRefund>(Select + " WHERE r.id = @id", new { id }, stop);

    private Task<Guid?> OrderOf(string? intentId, CancellationToken stop) =>
        database.Find<Guid?>("SELECT order_id FROM attempts WHERE intent_id = @intentId OR made_intent_id = @intentId LIMIT 1", new { intentId }, stop);

    /// <summary>Those of which the provider should have something, or a person must know.</summary>
    private async IAsyncEnumerable<OurRefund> Ours(Reconciliation pass, [EnumeratorCancellation] CancellationToken stop)
    {
        var (at, id) = (pass.From, Guid.Empty);
        while (true)
        {
            var page = await database.Query<OurRefund>(Select + """
                 WHERE (r.created_at, r.id) > (@at, @id) AND (r.status IN ('succeeded', 'escalated') OR r.provider_refund_id IS NOT NULL)
                ORDER BY r.created_at, r.id LIMIT @PageOfOurs
                """, new { at, id, PageOfOurs }, stop);
            foreach (var one in page) yield return one;
            if (page.Count < PageOfOurs) yield break;
            (at, id) = (page[^1].CreatedAt, page[^1].Id);
        }
    }

    private const string Booked = """
        (SELECT COALESCE(CAST(SUM(p.debit_minor + p.credit_minor) AS BIGINT), 0) FROM journal_entries e
            LEFT JOIN postings p ON p.entry_id = e.id AND p.account = 'provider_clearing'
            WHERE e.thing_id = r.id AND e.kind =
        """;

    private const string Select = $"""
        SELECT r.id, r.order_id, r.intent_id, r.provider_refund_id, r.amount_minor, r.currency, r.status, r.lease_until, r.created_at,
            {Booked} 'refund' GROUP BY e.id) AS booked_minor, {Booked} 'refund_returned' GROUP BY e.id) AS returned_minor
        FROM refunds r
        """;
}
