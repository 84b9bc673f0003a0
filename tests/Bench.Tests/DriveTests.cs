using Stoa.Bench.Load;

namespace Stoa.Bench.Tests;

public sealed class DriveTests
{
    /// <summary>An act that takes no time tells of each start that was early: it would have ended before it should have begun.</summary>
    [Fact]
    public async Task An_open_loop_begins_every_act_and_none_before_its_time()
    {
        var outcome = await Drive.Open(perSecond: 500, shoppers: 1, TimeSpan.Zero, TimeSpan.FromSeconds(0.5), _ => new Idler());

        Assert.Equal(250, outcome.Latencies.Count);
        Assert.Equal(0, outcome.Errors);
    }

    private sealed class Idler : IShopper
    {
        public ValueTask Act() => ValueTask.CompletedTask;

        public void Dispose()
        {
            // holds nothing
        }
    }
}
