using BenchmarkDotNet.Attributes;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Micro;

/// <summary>From the begin of a transaction to the answer after its commit, SQLite with <c>synchronous=FULL</c>: alone, and with
/// 32 that wait at once and share the fsync. Those with an event or a record show by the difference what these cost.</summary>
public class Transactions
{
    private const int AtOnce = 32;
    private const string Insert = "INSERT INTO micro_rows (text) VALUES (@text)";

    private static readonly object Row = new { text = new string('x', 200) };
    private static readonly Buyer Somebody = new(new Guid(1, 0, 0, new byte[8]), [], new HashSet<string>());

    private OneService _service = null!;
    private Database _database = null!;
    private Entropy _entropy = null!;
    private int _keys;

    /// <summary>Starts a service.</summary>
    [GlobalSetup]
    public void Start()
    {
        _service = OneService.Start();
        (_database, _entropy) = (_service.Database, _service.Get<Entropy>());
        _database.Write(tx => tx.Execute("CREATE TABLE micro_rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")).GetAwaiter().GetResult();
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public void End() => _service.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>One row, one commit.</summary>
    [Benchmark]
    public Task OneRowAlone() => OneRow();

    /// <summary>The same in company.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task OneRowOf32() => Together(OneRow);

    /// <summary>One row and an event that tells of it.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task OneRowAndAnEventOf32() => Together(() => _database.Write(async tx =>
    {
        await tx.Execute(Insert, Row);
        tx.Append(new ProductDeleted(_entropy.NewId(), 1));
    }));

    /// <summary>One row, and the look for an idempotency record that is not there.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task OneRowAndAKeyLookedUpOf32() => Together(() => _database.Write(async tx =>
    {
        if (await tx.Earlier("micro", Somebody, NewKey(), "hash") is null) await tx.Execute(Insert, Row);
    }));

    /// <summary>One row, the look, the record, and its answer.</summary>
    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task OneRowAndAKeyRecordedOf32() => Together(() => _database.Write(async tx =>
    {
        var (key, thing) = (NewKey(), _entropy.NewId());
        if (await tx.Earlier("micro", Somebody, key, "hash") is not null) return;
        await tx.Execute(Insert, Row);
        await tx.Remember("micro", Somebody, key, "hash", thing);
        await tx.Answer("micro", thing, 201, new { id = thing });
    }));

    private Task OneRow() => _database.Write(tx => tx.Execute(Insert, Row));

    private IdempotencyKey NewKey() => new($"k{Interlocked.Increment(ref _keys)}");

    private static Task Together(Func<Task> write) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => write()));
}
