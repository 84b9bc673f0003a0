using System.Diagnostics.Metrics;

namespace Stoa.Kernel;

/// <summary>How many events each subscription has parked, as <c>stoa_dead_letters</c>.</summary>
internal sealed class DeadLetterFigure : IStoredFigure, IDisposable
{
    private readonly Meter _meter = new(Telemetry.Meter.Name);
    private readonly Gauge<long> _letters;
    private readonly Database _database;
    private readonly Subscriptions _subscriptions;

    public DeadLetterFigure(Database database, Subscriptions subscriptions)
    {
        (_database, _subscriptions) = (database, subscriptions);
        _letters = _meter.CreateGauge<long>("stoa.dead_letters", description: "Events that could not take effect, by subscription");
    }

    /// <inheritdoc/>
    public async Task Read(CancellationToken stop)
    {
        var parked = (await DeadLetters.Count(_database, stop)).ToDictionary(one => (one.Source, one.Purpose), one => one.Letters);
        foreach (var one in _subscriptions.Readers.Select(reader => reader.Subscription))
            _letters.Record(parked.GetValueOrDefault((one.Source, one.Purpose)), new("source", one.Source), new("purpose", one.Purpose)); // 0 too: it must be seen to go
    }

    /// <summary>Ends the gauge.</summary>
    public void Dispose() => _meter.Dispose();
}
