using Stoa.Contracts;

namespace Stoa.Carts.Tests;

/// <summary>The pure rule of two carts that join.</summary>
public sealed class CartLimitsTests
{
    [Fact]
    public void Only_lines_that_change_are_told()
    {
        var changed = CartLimits.Join([new("A", 1), new("B", 2)], [new("B", 3), new("C", 4)]);
        Assert.Equal([new("B", 5), new("C", 4)], changed);
    }

    [Fact]
    public void The_first_of_the_guests_new_lines_fit()
    {
        SkuQuantity[] own = [.. Enumerable.Range(0, 99).Select(i => new SkuQuantity($"own {i}", 1))];
        Assert.Equal([new("X", 1), new("own 5", 2)], CartLimits.Join(own, [new("X", 1), new("Y", 1), new("own 5", 1)]));
    }

    [Fact]
    public void Nothing_grows_past_the_limits_and_nothing_shrinks()
    {
        for (var mine = 1; mine <= CartLimits.MostOfOneSku; mine += 83)
        {
            var joined = Assert.Single(CartLimits.Join([new("A", mine)], [new("A", 500)]));
            Assert.Equal(Math.Min(999, mine + 500), joined.Quantity);
        }
    }
}
