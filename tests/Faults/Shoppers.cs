namespace Stoa.Faults;

/// <summary>The load: people who shop one purchase after the other, without a pause, until the doors close.</summary>
public sealed class Shoppers : IAsyncDisposable
{
    /// <summary>Whoever is inside when the doors close may finish.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _patience = new();
    private readonly Door _door;
    private readonly Task _shopping;

    /// <param name="count">How many shop at once; every third is signed in.</param>
    /// <param name="seed">Of what they do.</param>
    public Shoppers(int count, int seed, Uri gateway, Goods goods, Journal journal, Tally tally)
    {
        _door = new Door(gateway, tally);
        _shopping = Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() =>
            new Shopper(number, _door, goods, journal, tally, new Random(SeedOf(seed, number)), _patience.Token).Shop(_closed.Token))));
    }

    /// <summary>Nobody comes in any more; ends when the last has left.</summary>
    public async Task Close()
    {
        await _closed.CancelAsync();
        _patience.CancelAfter(Courtesy);
        await _shopping;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _patience.CancelAsync();
        await Close();
        _door.Dispose();
        _closed.Dispose();
        _patience.Dispose();
    }

    // HashCode.Combine differs from run to run.
    private static int SeedOf(int seed, int number) => unchecked((seed * 31_337) + number);
}
