using Stoa.Bench.Load;

namespace Stoa.Bench.Tests;

/// <summary>A percentile may be up to 3 % above the truth, never below it.</summary>
public sealed class LatenciesTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(0.999, 999)]
    public void Tells_the_time_that_a_share_does_not_exceed(double share, double truth)
    {
        var latencies = new Latencies();
        for (var ms = 1; ms <= 1000; ms++) latencies.Add(TimeSpan.FromMilliseconds(ms));

        Assert.InRange(latencies.Percentile(share), truth, truth * 1.04);
    }

    [Fact]
    public void Adds_what_others_recorded()
    {
        var (one, other) = (new Latencies(), new Latencies());
        one.Add(TimeSpan.FromMilliseconds(1));
        other.Add(TimeSpan.FromMilliseconds(100));
        one.Add(other);

        Assert.Equal(2, one.Count);
        Assert.InRange(one.Percentile(1), 100, 104);
    }

    [Fact]
    public void Knows_nothing_of_nothing() => Assert.True(double.IsNaN(new Latencies().Percentile(0.5)));
}
