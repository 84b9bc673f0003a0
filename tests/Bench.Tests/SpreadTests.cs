using Stoa.Bench.Report;

namespace Stoa.Bench.Tests;

/// <summary>The median of several runs, and how far they lie apart.</summary>
public sealed class SpreadTests
{
    [Fact]
    public void Takes_the_run_in_the_middle() => Assert.Equal(new Spread(3, 1, 90), Spread.Of([90, 1, 3]));

    [Fact]
    public void Takes_the_mean_of_the_two_in_the_middle() => Assert.Equal(new Spread(3, 1, 9), Spread.Of([9, 1, 2, 4]));

    [Fact]
    public void Leaves_out_runs_that_did_not_measure_it() => Assert.Equal(new Spread(2, 2, 2), Spread.Of([double.NaN, 2, double.PositiveInfinity]));

    [Fact]
    public void Knows_nothing_of_nothing() => Assert.Equal("", $"{Spread.Of([])}");

    [Fact]
    public void Shows_the_ends_only_where_they_read_otherwise()
    {
        Assert.Equal("101", $"{new Spread(101.2, 101.1, 101.4)}");
        Assert.Equal("101 (98.0–105)", $"{new Spread(101.2, 98, 105)}");
    }
}
