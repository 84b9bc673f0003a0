using System.Globalization;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What reconciliation found and leaves to a person.</summary>
/// <param name="Kind">One of <see cref="ReconciliationRules"/>' reported ones.</param>
/// <param name="Subject">The intent's or refund's id at the provider, or the refund's or ledger entry's with us.</param>
/// <param name="HappenedAt">When the thing itself was made.</param>
public sealed record Difference(
    string Kind, string Subject, Guid? OrderId, long? OursMinor, long? TheirsMinor, string? Currency, DateTimeOffset HappenedAt);

/// <summary>The table of what is open, and staff's view of it. A difference is cleared by the pass that no longer finds it.</summary>
public sealed partial class Differences(Database database, ILogger<Differences> log)
{
    private sealed record Row
    {
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public Guid? OrderId { get; init; }
        public long? OursMinor { get; init; }
        public long? TheirsMinor { get; init; }
        public string? Currency { get; init; }
        public DateTimeOffset FirstSeenAt { get; init; }
        public DateTimeOffset LastSeenAt { get; init; }

        public DifferenceView View() => new(Kind, Subject, OrderId, Amount(OursMinor), Amount(TheirsMinor), FirstSeenAt, LastSeenAt);

        private Money? Amount(long? minor) => minor is { } amount && Currency is not null ? new Money(amount, Currency) : null;
    }

    /// <summary>Staff see what is open, oldest first.</summary>
    public static async Task<Page<DifferenceView>> List(PageRequest page, Database database, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(page);
        var (at, kind, subject) = Start(page);
        var rows = await database.Query<Row>($"""
            {Select} AND (first_seen_at, kind, subject) > (@at, @kind, @subject) ORDER BY first_seen_at, kind, subject LIMIT @limit
            """, new { at, kind, subject, limit = page.Limit + 1 }, stop);
        return page.Answer(rows, row => row.View(), row => [row.FirstSeenAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Kind, row.Subject]);
    }

    /// <summary>The first open ones.</summary>
    public async Task<DifferenceView[]> Open(int most, CancellationToken stop) =>
        [.. (await database.Query<Row>($"{Select} ORDER BY first_seen_at, kind, subject LIMIT @most", new { most }, stop)).Select(row => row.View())];

    public Task<int> CountOpen(CancellationToken stop) => database.Scalar<int>("SELECT COUNT(*) FROM differences WHERE cleared_at IS NULL", stop: stop);

    /// <summary>Writes one down. An alert tells of it once, not at every pass.</summary>
    public Task Note(Reconciliation pass, Difference found, CancellationToken stop) => database.Write(async tx =>
    {
        var known = await tx.Execute("""
            UPDATE differences SET last_seen_at = @Now, ours_minor = @OursMinor, theirs_minor = @TheirsMinor
            WHERE kind = @Kind AND subject = @Subject AND cleared_at IS NULL
            """, new { tx.Now, found.OursMinor, found.TheirsMinor, found.Kind, found.Subject });
        if (known > 0) return;
        await tx.Execute("""
            INSERT INTO differences (kind, subject, order_id, ours_minor, theirs_minor, currency, happened_at, first_seen_at, last_seen_at)
            VALUES (@Kind, @Subject, @OrderId, @OursMinor, @TheirsMinor, @Currency, @HappenedAt, @Now, @Now)
            ON CONFLICT (kind, subject) DO UPDATE SET ours_minor = @OursMinor, theirs_minor = @TheirsMinor, first_seen_at = @Now, last_seen_at = @Now, cleared_at = NULL
            """, new { found.Kind, found.Subject, found.OrderId, found.OursMinor, found.TheirsMinor, found.Currency, found.HappenedAt, tx.Now });
        tx.OnCommitted(() =>
        {
            Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "money_differs"));
            LogFound(log, found.Kind, found.Subject, found.OrderId, found.OursMinor, found.TheirsMinor);
        });
    }, stop);

    /// <summary>A whole pass has looked at everything since its beginning: what it did not find is gone.</summary>
    public Task Clear(Reconciliation pass, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return database.Write(tx => tx.Execute("""
            UPDATE differences SET cleared_at = @Now WHERE cleared_at IS NULL AND last_seen_at < @BeganAt AND happened_at >= @From
            """, new { tx.Now, pass.BeganAt, pass.From }), stop);
    }

    private static (long At, string Kind, string Subject) Start(PageRequest page) => page.Cursor switch
    {
        null => (0, "", ""),
        [var at, var kind, var subject] when long.TryParse(at, CultureInfo.InvariantCulture, out var ms) => (ms, kind, subject),
        _ => throw PageRequest.Forged(),
    };

    private const string Select =
        "SELECT kind, subject, order_id, ours_minor, theirs_minor, currency, first_seen_at, last_seen_at FROM differences WHERE cleared_at IS NULL";

    [LoggerMessage(Level = LogLevel.Error, Message = "our books and the provider's differ: {Kind} of {Subject}, order {Order}: {Ours} with us, {Theirs} there")]
    private static partial void LogFound(ILogger log, string kind, string subject, Guid? order, long? ours, long? theirs);
}

/// <summary>An open difference in the public API.</summary>
/// <param name="Kind">What differs: see docs/runbook/money-differs.md.</param>
/// <param name="Subject">The intent's or refund's id at the provider, or the refund's or ledger entry's with us.</param>
/// <param name="OrderId">Null when no order of ours is named.</param>
/// <param name="Ours">What our books say; null when they say nothing.</param>
/// <param name="Theirs">What the provider says, or the ledger entry's other side; null when it says nothing.</param>
public sealed record DifferenceView(
    string Kind, string Subject, Guid? OrderId, Money? Ours, Money? Theirs, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);
