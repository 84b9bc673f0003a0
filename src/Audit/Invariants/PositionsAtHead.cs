using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>Every subscription stands on the newest event of its source, in the log that the source has now (E2, E4).</summary>
internal static class PositionsAtHead
{
    public static Invariant Invariant { get; } = new("positions_at_head", "Every subscription has read its source to the end")
    {
        OfLogs = Check,
        Compared = totals => $"{totals.Count("subscriptions")} of {totals.Count("logs")}, {totals.Count("events logged")}",
    };

    private static IEnumerable<Offender> Check(IReadOnlyList<LogFacts> logs)
    {
        var sources = logs.ToDictionary(one => one.Service, StringComparer.Ordinal);
        foreach (var reader in logs)
        {
            foreach (var place in reader.Subscriptions)
            {
                if (sources.TryGetValue(place.Source, out var source) && Wrong(place, source) is { } what)
                    yield return new Offender($"{reader.Service} {place.Source}/{place.Purpose}", what);
            }
        }
    }

    private static string? Wrong(SubscriptionFacts place, LogFacts source) =>
        place.Position != source.Head ? $"stands at {place.Position}, the source's head is {source.Head}"
        : source.Head > 0 && place.Epoch != source.Epoch ? $"read the log {place.Epoch}, the source's is {source.Epoch}"
        : source.Head > 0 && place.LastEventId != source.HeadId ? $"stands on the event {place.LastEventId}, the source's newest is {source.HeadId}"
        : null;
}
