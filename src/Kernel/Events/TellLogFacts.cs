using Stoa.Contracts;

namespace Stoa.Kernel;

/// <summary><c>GET /internal/audit/log</c>: where this service's log ends, and how far it has read others', from the rows.</summary>
internal static class TellLogFacts
{
    private const int MostLetters = 20;

    public static Task<LogFacts> Handle(Database database, StoaOptions options, CancellationToken stop) => database.Read(async tx =>
    {
        var head = await tx.Find<Place>("SELECT position, id FROM event_log WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1");
        var subscriptions = await tx.Query<SubscriptionFacts>("SELECT source, purpose, position, epoch, last_event_id FROM subscriptions ORDER BY source, purpose");
        var letters = await tx.Query<DeadLetterFacts>("SELECT source, purpose, position, subject, reason FROM dead_letters ORDER BY source, purpose, position LIMIT @MostLetters", new { MostLetters });
        return new LogFacts(
            options.Service, await tx.Scalar<Guid>("SELECT epoch FROM event_log_epoch WHERE one = 1"), head?.Position ?? 0, head?.Id,
            [.. subscriptions], [.. letters], await tx.Scalar<long>("SELECT COUNT(*) FROM dead_letters"));
    }, stop);

    private sealed record Place(long Position, Guid Id);
}
