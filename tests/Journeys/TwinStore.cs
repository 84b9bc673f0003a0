using Stoa.Audit;
using Stoa.Journeys;
using Stoa.Kit;
using Stoa.Launcher;

[assembly: AssemblyFixture(typeof(TwinStore))]

namespace Stoa.Journeys;

/// <summary>An empty store with two processes of every service with data, on one PostgreSQL server. It starts with the first
/// test that wants it.</summary>
public sealed class TwinStore : IAsyncDisposable
{
    private static readonly string[] Twice = [.. Topology.Processes.Where(one => one.OwnsData && one.Name != Topology.Sandbox).Select(one => one.Name + "=2")];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-twins-");
    private Store? _store;

    private DataFolder Data => new(Path.Combine(_folder.FullName, "data"));

    /// <summary>Skips the test that asks where no PostgreSQL is installed; in CI it never does.</summary>
    public async Task<Store> Open()
    {
        Assert.SkipWhen(TestPostgres.Missing is not null, TestPostgres.Missing ?? "");
        if (_store is not null) return _store;
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off");
        var options = new StoreOptions(Data, Port: 0, Empty: true, Scale: Twice) { Postgres = await TestPostgres.Superuser, IsTemporary = true };
        _store = Store.Open(options, Topology.Processes, Repository.Find());
        await _store.Start(CancellationToken.None);
        return _store;
    }

    /// <summary>What the audit finds wrong, and still finds later. A service that was killed, or that a busy machine keeps waiting,
    /// may say 503 for a while: it is asked again.</summary>
    /// <param name="journal">What was promised.</param>
    public async Task<IReadOnlyList<string>> Wrongs(Journal journal) => (await Eventually.Get(async () =>
    {
        try
        {
            return await RunningStore.Wrongs(_store!, Data, journal);
        }
        catch (CannotGoOnException)
        {
            return null; // no word from one of them: no reading
        }
    }, wrongs => wrongs is not null, "every service's word to the audit"))!;

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
