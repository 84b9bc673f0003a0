using System.Runtime.CompilerServices;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Compares the provider's intents with our attempts and the ledger, page by page, then ours that no page showed (P15).</summary>
public sealed class CompareCharges(Database database, StripeClient stripe, SettleAttempt settle, Differences differences, Entropy entropy, TimeProvider clock)
{
    private const int PageOfOurs = 500;

    public async Task Run(Reconciliation pass, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            stop.ThrowIfCancellationRequested();
            var page = await stripe.ListCharges(pass.From, after);
            if (page.Said != Said.Object) throw Reconciliation.ProviderAway();
            await ComparePage(page.Value!.Items, pass, stop);
            seen.UnionWith(page.Value.Items.Select(one => one.IntentId));
            after = page.Value.HasMore ? page.Value.Items[^1].IntentId : null;
        }
        while (after is not null);

        await foreach (var ours in Ours(pass, stop))
        {
            if (!seen.Contains(ours.IntentId)) await LookAgain(ours.IntentId, pass, stop);
        }
    }

    private async Task ComparePage(IReadOnlyList<ProviderCharge> page, Reconciliation pass, CancellationToken stop)
    {
        pass.Intents += page.Count;
        var ours = await Of([.. page.Select(one => one.IntentId)], stop);
        foreach (var theirs in page)
        {
            if (ReconciliationRules.OfCharge(theirs, ours.GetValueOrDefault(theirs.IntentId), clock.GetUtcNow()) is not null)
                await LookAgain(theirs.IntentId, pass, stop);
        }
    }

    /// <summary>A page is older than our rows by the time they are read: what looks wrong counts only if it does after another look
    /// at this one intent, and after the repair that it allows.</summary>
    private async Task LookAgain(string intentId, Reconciliation pass, CancellationToken stop)
    {
        var read = await stripe.ReadCharge(intentId);
        if (read.Said != Said.Object && !read.IsMissing) throw Reconciliation.ProviderAway();
        var ours = await Of(intentId, stop) ?? await OfSession(intentId, read.Value, stop);
        var finding = ReconciliationRules.OfCharge(read.Value, ours, clock.GetUtcNow());
        if (finding is Finding.Repairable repairable)
        {
            await Repair(repairable, ours!, intentId);
            ours = await Of(intentId, stop);
            finding = ReconciliationRules.OfCharge(read.Value, ours, clock.GetUtcNow());
            if (finding is null) pass.Repaired.Add(new Repaired(repairable.Kind, intentId, ours!.OrderId));
        }

        if (finding is null) return;
        await differences.Note(pass, new Difference(
            finding.Kind, intentId, ours?.OrderId ?? read.Value?.OrderId, finding.OursMinor, finding.TheirsMinor,
            ours?.Currency ?? read.Value!.Currency, ours?.CreatedAt ?? read.Value!.CreatedAt), stop);
    }

    private Task Repair(Finding.Repairable finding, OurCharge ours, string intentId) => finding.Kind == ReconciliationRules.ChargeNotSettled
        ? Settle(ours, intentId)
        : database.Write(async tx =>
        {
            await PayableOrder.Lock(tx, ours.OrderId);
            var attempt = (await Attempt.Find(tx, ours.AttemptId))!;
            if (attempt.Status == Attempt.Succeeded) await Ledger.BookMissing(tx, Ledger.Charge(attempt), entropy.NewId());
        });

    private async Task Settle(OurCharge ours, string intentId)
    {
        var attempt = (await Attempt.Find(database, ours.AttemptId))!;
        await settle.Apply(attempt, new Outcome.Succeeded(null, intentId));
    }

    /// <summary>Of a session we know the intent only once it has told us: the provider says which session made a charge.</summary>
    private async Task<OurCharge?> OfSession(string intentId, ProviderCharge? theirs, CancellationToken stop)
    {
        if (theirs is not { Status: Intent.Succeeded }) return null;
        var sessions = await stripe.SessionsOf(intentId);
        if (sessions.Said != Said.Object) throw Reconciliation.ProviderAway();
        return sessions.Value!.Items is [var session, ..] ? await Of(session, stop) : null;
    }

    private async Task<OurCharge?> Of(string intentId, CancellationToken stop) => (await Of([intentId], stop)).GetValueOrDefault(intentId);

    private async Task<Dictionary<string, OurCharge>> Of(string[] intentIds, CancellationToken stop) =>
        (await database.Query<OurCharge>(Select + " WHERE a.intent_id IN @intentIds OR a.made_intent_id IN @intentIds", new { intentIds }, stop))
        .GroupBy(one => one.IntentId, StringComparer.Ordinal)
        .ToDictionary(one => one.Key, one => one.OrderByDescending(attempt => attempt.Status == Attempt.Succeeded)
            .ThenByDescending(attempt => attempt.BookedMinor is not null).ThenByDescending(attempt => attempt.CreatedAt).First(), StringComparer.Ordinal);

    /// <summary>Those that say that money was taken.</summary>
    private async IAsyncEnumerable<OurCharge> Ours(Reconciliation pass, [EnumeratorCancellation] CancellationToken stop)
    {
        var (at, id) = (pass.From, Guid.Empty);
        while (true)
        {
            var page = await database.Query<OurCharge>(Select + """
                 WHERE (a.created_at, a.id) > (@at, @id) AND (a.status = 'succeeded' OR EXISTS (SELECT 1 FROM journal_entries e WHERE e.kind = 'charge' AND e.thing_id = a.id))
                ORDER BY a.created_at, a.id LIMIT @PageOfOurs
                """, new { at, id, PageOfOurs }, stop);
            pass.Attempts += page.Count;
            foreach (var one in page) yield return one;
            if (page.Count < PageOfOurs) yield break;
            (at, id) = (page[^1].CreatedAt, page[^1].AttemptId);
        }
    }

    private const string Select = """
        SELECT a.id AS attempt_id, a.order_id, COALESCE(a.made_intent_id, a.intent_id) AS intent_id, a.amount_minor, a.currency, a.status, a.lease_until, a.looked_at, a.created_at,
            (SELECT COALESCE(CAST(SUM(p.debit_minor) AS BIGINT), 0) FROM journal_entries e
                LEFT JOIN postings p ON p.entry_id = e.id AND p.account = 'provider_clearing'
                WHERE e.kind = 'charge' AND e.thing_id = a.id GROUP BY e.id) AS booked_minor
        FROM attempts a
        """;
}
