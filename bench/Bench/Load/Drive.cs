using System.Diagnostics;

namespace Stoa.Bench.Load;

/// <summary>Somebody who does the same thing again and again on connections of their own.</summary>
internal interface IShopper : IDisposable
{
    /// <summary>Once. An <see cref="UnexpectedReplyException"/> is an error of the measured side.</summary>
    ValueTask Act();
}

/// <summary>What came of it.</summary>
/// <param name="Shoppers">How many acted at once.</param>
/// <param name="Seconds">How long it was measured.</param>
/// <param name="Errors">How many of them failed; they are not among the latencies.</param>
/// <param name="FirstError">Empty when none failed.</param>
internal sealed record Outcome(int Shoppers, double Seconds, Latencies Latencies, long Errors, string FirstError)
{
    public double PerSecond => Latencies.Count / Seconds;
}

/// <summary>Makes shoppers act.</summary>
internal static class Drive
{
    /// <summary>Closed loop: each acts again as soon as the last answer has come. It says how much goes through.</summary>
    /// <param name="warmUp">Acted, not measured.</param>
    public static async Task<Outcome> Closed(int shoppers, TimeSpan warmUp, TimeSpan lasts, Func<int, IShopper> shopper)
    {
        var begin = Stopwatch.GetTimestamp() + Ticks(warmUp);
        var end = begin + Ticks(lasts);
        var all = await Task.WhenAll(Enumerable.Range(0, shoppers).Select(number => Task.Run(async () =>
        {
            var tally = new Tally();
            using var one = shopper(number);
            for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp()) await tally.Take(one, now, begin);
            return tally;
        })));
        return Sum(shoppers, lasts, all);
    }

    /// <summary>Open loop: acts begin at a steady rate whatever the answers do, and each latency counts from the moment at
    /// which its act should have begun: a pause of the measured side is seen by everybody who would have come in it.</summary>
    public static async Task<Outcome> Open(double perSecond, int shoppers, TimeSpan warmUp, TimeSpan lasts, Func<int, IShopper> shopper)
    {
        var start = Stopwatch.GetTimestamp();
        var (begin, end) = (start + Ticks(warmUp), start + Ticks(warmUp + lasts));
        var next = -1L;
        var all = await Task.WhenAll(Enumerable.Range(0, shoppers).Select(number => Task.Run(async () =>
        {
            var tally = new Tally();
            using var one = shopper(number);
            while (true)
            {
                var intended = start + (long)(Interlocked.Increment(ref next) / perSecond * Stopwatch.Frequency);
                if (intended >= end) return tally;
                while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), intended) is { Ticks: > 0 } early) // the timer may be early by its step
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)));
                await tally.Take(one, intended, begin);
            }
        })));
        return Sum(shoppers, lasts, all);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static Outcome Sum(int shoppers, TimeSpan lasts, Tally[] all)
    {
        var first = all.Select(one => one.FirstError).FirstOrDefault(error => error.Length > 0) ?? "";
        return new Outcome(shoppers, lasts.TotalSeconds, Latencies.Sum(all.Select(one => one.Latencies)), all.Sum(one => one.Errors), first);
    }

    private sealed class Tally
    {
        public Latencies Latencies { get; } = new();

        public long Errors { get; private set; }

        public string FirstError { get; private set; } = "";

        public async ValueTask Take(IShopper shopper, long began, long measuredFrom)
        {
            try
            {
                await shopper.Act();
                if (began >= measuredFrom) Latencies.Add(Stopwatch.GetElapsedTime(began));
            }
            catch (UnexpectedReplyException fault)
            {
                if (began < measuredFrom) return;
                if (Errors++ == 0) FirstError = fault.Message;
            }
        }
    }
}
