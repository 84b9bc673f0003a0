using Stoa.Backoffice.Parts;

namespace Stoa.Backoffice;

/// <summary>What somebody should look at, in sentences. Pure.</summary>
public static class Trouble
{
    /// <summary>From where on a reader is behind, in seconds (C1).</summary>
    public const double LongLag = 10;

    private const double ManyFailures = 0.02;

    public static IEnumerable<string> Of(Operations seen)
    {
        foreach (var process in seen.Processes.Where(one => one.State is not "ready")) yield return $"{process.Name}: {ProcessState.Word(process.State)}.";
        foreach (var process in seen.Processes.Where(one => one.Facts?.Now.FailureRatio > ManyFailures)) yield return $"{Figures.Percent(process.Facts!.Now.FailureRatio)} of the requests to {process.Name} fail.";
        foreach (var (process, one) in seen.Processes.SelectMany(process => (process.Facts?.Subscriptions ?? []).Select(one => (process, one))))
        {
            if (one.Diverged) yield return $"{process.Name} has stopped reading {one.Source}, whose log has diverged.";
            else if (one.LagSeconds > LongLag) yield return $"{process.Name} is behind {one.Source} by {Figures.Seconds(one.LagSeconds)}.";
        }

        // Replicas share a database: what one has parked, each of them counts.
        foreach (var service in seen.Processes.Where(one => one.Facts?.DeadLetters?.Length > 0).DistinctBy(one => one.Service))
            foreach (var parked in service.Facts!.DeadLetters!) yield return $"{service.Service} has parked {parked.Letters} {(parked.Letters == 1 ? "event" : "events")} of {parked.Source} ({parked.Purpose}).";
    }
}
