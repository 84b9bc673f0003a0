using System.Numerics;

namespace Stoa.Kernel;

/// <summary>How this process answered its requests in the last hour, minute by minute, in memory: a ring of fixed size, and
/// per request a few additions. Times are counted in slots, eight to each doubling, so that a quantile is right to an eighth
/// (github.com/HdrHistogram: how such slots work). What keeps open by design (feeds) and what asks how we are is not counted.</summary>
internal sealed class LastHour(TimeProvider clock)
{
    /// <summary>How many minutes are remembered, the present one included.</summary>
    public const int Minutes = 60;

    private readonly Lock _turn = new();
    private readonly Minute[] _ring = [.. Enumerable.Range(0, Minutes).Select(_ => new Minute())];

    /// <summary>When this process began to count.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>Counts a request.</summary>
    /// <param name="took">From its head to its answer.</param>
    /// <param name="status">The answer's; from 500 on it failed.</param>
    public void Note(TimeSpan took, int status)
    {
        var number = NumberOf(clock.GetUtcNow());
        lock (_turn)
        {
            var minute = _ring[number % Minutes];
            if (minute.Number != number) minute.Begin(number);
            minute.Note((long)took.TotalMicroseconds, failed: status >= 500);
        }
    }

    /// <summary>The last hour, oldest minute first; the last one is the present one.</summary>
    public MinuteFacts[] Read()
    {
        var now = NumberOf(clock.GetUtcNow());
        lock (_turn)
        {
            return [.. Enumerable.Range(0, Minutes).Select(back => now - Minutes + 1 + back).Select(number => Facts(number, number))];
        }
    }

    /// <summary>This minute and the one before, as one.</summary>
    public NowFacts Now()
    {
        var now = clock.GetUtcNow();
        var number = NumberOf(now);
        var begun = DateTimeOffset.FromUnixTimeSeconds((number - 1) * 60);
        var seconds = (now - (begun < Since ? Since : begun)).TotalSeconds;
        MinuteFacts facts;
        lock (_turn) facts = Facts(number - 1, number);
        return new(Math.Round(facts.Requests / Math.Max(1, seconds), 2), facts.Requests == 0 ? 0 : (double)facts.Failures / facts.Requests, facts.P50Ms, facts.P99Ms);
    }

    private MinuteFacts Facts(long first, long last)
    {
        var minutes = _ring.Where(minute => minute.Number >= first && minute.Number <= last).ToArray();
        var requests = minutes.Sum(minute => minute.Requests);
        return new(DateTimeOffset.FromUnixTimeSeconds(first * 60), requests, minutes.Sum(minute => minute.Failures), Quantile(minutes, requests, 0.5), Quantile(minutes, requests, 0.99));
    }

    /// <returns>In milliseconds, the upper end of the slot that holds it; null where nothing was asked.</returns>
    private static double? Quantile(Minute[] minutes, int requests, double part)
    {
        if (requests == 0) return null;
        var (rank, slot) = ((int)Math.Ceiling(requests * part), -1);
        for (var below = 0; below < rank;)
        {
            slot++;
            foreach (var minute in minutes) below += minute.Slots[slot];
        }

        return Minute.UpperMicroseconds(slot) / 1000.0;
    }

    private static long NumberOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;

    private sealed class Minute
    {
        private const long MostMicroseconds = (1L << 26) - 1; // 67 s: no request here takes so long unless it keeps its own time

        /// <summary>Minutes since 1970; 0 for one that has not been.</summary>
        public long Number { get; private set; }

        public int Requests { get; private set; }

        public int Failures { get; private set; }

        public int[] Slots { get; } = new int[SlotOf(MostMicroseconds) + 1];

        public void Begin(long number)
        {
            (Number, Requests, Failures) = (number, 0, 0);
            Array.Clear(Slots);
        }

        public void Note(long microseconds, bool failed)
        {
            Requests++;
            if (failed) Failures++;
            Slots[SlotOf(Math.Clamp(microseconds, 0, MostMicroseconds))]++;
        }

        public static long UpperMicroseconds(int slot) => slot < 8 ? slot + 1 : (long)(9 + (slot % 8)) << ((slot / 8) - 1);

        private static int SlotOf(long microseconds)
        {
            if (microseconds < 8) return (int)microseconds;
            var power = BitOperations.Log2((ulong)microseconds);
            return ((power - 2) * 8) + (int)((microseconds >> (power - 3)) & 7);
        }
    }
}

/// <summary>One minute of a process.</summary>
/// <param name="At">When it began.</param>
/// <param name="Requests">How many were answered.</param>
/// <param name="Failures">How many of them with 500 or above.</param>
/// <param name="P50Ms">The time within which half of them were, in milliseconds; null for none.</param>
/// <param name="P99Ms">The time within which 99 of 100 were.</param>
internal sealed record MinuteFacts(DateTimeOffset At, int Requests, int Failures, double? P50Ms, double? P99Ms);

/// <summary>The last one to two minutes of a process.</summary>
internal sealed record NowFacts(double RequestsPerSecond, double FailureRatio, double? P50Ms, double? P99Ms);
