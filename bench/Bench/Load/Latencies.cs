using System.Numerics;

namespace Stoa.Bench.Load;

/// <summary>Times in microseconds, in buckets that are at most 3 % wide (32 to each power of two), so that recording one
/// costs nanoseconds and percentiles of millions take no memory.</summary>
internal sealed class Latencies
{
    private const int Fine = 5;
    private readonly long[] _buckets = new long[(64 - Fine) << Fine];

    public long Count { get; private set; }

    public void Add(TimeSpan took)
    {
        _buckets[Bucket((long)took.TotalMicroseconds)]++;
        Count++;
    }

    public void Add(Latencies others)
    {
        for (var one = 0; one < _buckets.Length; one++) _buckets[one] += others._buckets[one];
        Count += others.Count;
    }

    public static Latencies Sum(IEnumerable<Latencies> parts)
    {
        var sum = new Latencies();
        foreach (var part in parts) sum.Add(part);
        return sum;
    }

    /// <param name="share">0.99 for the time that 99 of 100 do not exceed.</param>
    /// <returns>Milliseconds; not a number when nothing was recorded.</returns>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        for (var (bucket, seen) = (0, 0L); bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted && Count > 0) return Upper(bucket) / 1000.0;
        }

        return double.NaN;
    }

    private static int Bucket(long micros)
    {
        var power = Math.Max(0, BitOperations.Log2((ulong)Math.Max(micros, 1)) - Fine);
        return (power << Fine) + (int)(micros >> power);
    }

    /// <summary>The largest time that falls into the bucket.</summary>
    private static long Upper(int bucket)
    {
        var power = Math.Max(0, (bucket >> Fine) - 1);
        return ((bucket - ((long)power << Fine) + 1) << power) - 1;
    }
}
