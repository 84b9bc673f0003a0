using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>No event waits because it could not take effect (E6).</summary>
internal static class NoDeadLetters
{
    public static Invariant Invariant { get; } = new("no_dead_letters", "No event is parked")
    {
        OfLogs = Check,
        Compared = totals => $"{totals.Count("subscriptions")}",
    };

    private static IEnumerable<Offender> Check(IReadOnlyList<LogFacts> logs) => logs.SelectMany(log => log.DeadLetters.Select(letter => new Offender(
        $"{log.Service} {letter.Source}/{letter.Purpose}", $"position {letter.Position}, about {letter.Subject}: {letter.Reason} ({log.DeadLetterCount} in all)")));
}
