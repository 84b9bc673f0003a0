using System.Collections.Concurrent;
using System.Diagnostics;

namespace Stoa.Faults;

/// <summary>Counts what the shoppers see.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<(string Call, string Answer), int> _answers = new();
    private readonly ConcurrentDictionary<string, int> _visits = new();
    private readonly ConcurrentDictionary<string, int> _surprises = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _newestBegin;
    private TimeSpan _slowest;
    private int _inFlight;

    /// <summary>Since the run began.</summary>
    public TimeSpan Now => _since.Elapsed;

    /// <summary>Purchases between their first call and their end.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Purchases whose order and payment were both acknowledged.</summary>
    public int Purchases { get; private set; }

    /// <summary>The slowest answer through the Gateway.</summary>
    public TimeSpan Slowest => _slowest;

    /// <summary>How often each call was answered how.</summary>
    public IReadOnlyDictionary<(string Call, string Answer), int> Answers => _answers;

    /// <summary>How many visits of each kind ended, and how.</summary>
    public IReadOnlyDictionary<string, int> Visits => _visits;

    /// <summary>What no document promises: each is a fault of ours.</summary>
    public IReadOnlyCollection<string> Surprises => (IReadOnlyCollection<string>)_surprises.Keys;

    /// <summary>Something that no document promises has happened.</summary>
    public void Surprise(string what) => _surprises.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>A shopper begins to buy.</summary>
    public TimeSpan Begin()
    {
        Interlocked.Increment(ref _inFlight);
        return Now;
    }

    /// <summary>A shopper is done, in whatever way.</summary>
    public void End(string visit)
    {
        Interlocked.Decrement(ref _inFlight);
        _visits.AddOrUpdate(visit, 1, (_, count) => count + 1);
    }

    /// <summary>One call was answered, or not.</summary>
    public void Heard(string call, string answer, TimeSpan took)
    {
        _answers.AddOrUpdate((call, answer), 1, (_, count) => count + 1);
        lock (_gate)
        {
            if (took > _slowest) _slowest = took;
        }
    }

    /// <summary>An order and its payment were both acknowledged.</summary>
    /// <param name="begun">When its shopper began.</param>
    public void Bought(TimeSpan begun)
    {
        lock (_gate)
        {
            Purchases++;
            if (begun > _newestBegin) _newestBegin = begun;
        }
    }

    /// <summary>Whether somebody who began after that moment has bought by now.</summary>
    public bool BoughtSince(TimeSpan moment)
    {
        lock (_gate) return _newestBegin > moment;
    }
}
