using System.Globalization;

namespace Stoa.Backoffice;

/// <summary>What a chart of the last hour shows, in a sentence. Pure.</summary>
public static class HourWords
{
    /// <param name="minutes">At least one with a request.</param>
    public static string Requests(ProcessMinute[] minutes)
    {
        var busiest = minutes.MaxBy(one => one.Requests)!;
        var (all, failed) = (minutes.Sum(one => (long)one.Requests), minutes.Sum(one => (long)one.Failures));
        return string.Create(CultureInfo.InvariantCulture, $"{all:#,0} {(all == 1 ? "request" : "requests")}, most at {Web.Times.Clock(busiest.At)} with {busiest.Requests:#,0}; ")
            + (failed == 0 ? "none failed." : string.Create(CultureInfo.InvariantCulture, $"{failed:#,0} failed, last at {Web.Times.Clock(minutes.Last(one => one.Failures > 0).At)}."));
    }

    /// <param name="minutes">At least one with a request.</param>
    public static string Times(ProcessMinute[] minutes)
    {
        var slowest = minutes.MaxBy(one => one.P99Ms)!;
        var latest = minutes.Last(one => one.P50Ms is not null);
        return $"At {Web.Times.Clock(latest.At)} half within {Figures.Time(latest.P50Ms)} and 99 % within {Figures.Time(latest.P99Ms)}; slowest at {Web.Times.Clock(slowest.At)} with {Figures.Time(slowest.P99Ms)}.";
    }
}
