namespace Stoa.Supervision.Tests;

public sealed class BackOffTests
{
    private static readonly BackOff Waits = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15));

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 800)]
    [InlineData(5, 6_400)]
    [InlineData(7, 15_000)]
    [InlineData(1_000, 15_000)]
    public void Doubles_with_each_death_up_to_the_cap(int deaths, int atMostMilliseconds)
    {
        var waits = Enumerable.Range(0, 300).Select(_ => Waits.Wait(deaths).TotalMilliseconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 200, atMostMilliseconds));
        Assert.True(waits.Max() > atMostMilliseconds * 0.8, "it uses its range");
    }

    [Fact]
    public void Scatters_what_fell_together() =>
        Assert.True(Enumerable.Range(0, 50).Select(_ => Waits.Wait(6)).Distinct().Count() > 30);
}
