using Stoa.Audit;
using Stoa.Faults.Scripts;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Faults;

/// <summary>One run, from an empty folder to a report:
/// <list type="number">
/// <item>the store's processes start, each behind a link, and goods are put on sale;</item>
/// <item>shoppers come in, and when they buy, the script begins to break things;</item>
/// <item>when its time is up, everything is healed, and the store gets over the last fault;</item>
/// <item>the doors close, and within the run's patience (a minute, unless it is told otherwise) after the last fault each order has to be final, or waiting for its shopper;</item>
/// <item>the audit holds the store to what the journal says was promised.</item>
/// </list></summary>
public sealed class FaultRun(FaultOptions options, Action<string> say, CancellationToken stop)
{
    private const int WarmUp = 20;

    private readonly IScript _script = FaultOptions.Scripts[options.Script](options.Seed);
    private readonly Dictionary<string, Link> _links = [];
    private readonly Tally _tally = new();

    /// <summary>Runs it in a temporary folder that is gone afterwards, unless there is something in it to look at.</summary>
    public async Task<Report> Run()
    {
        var folder = Directory.CreateTempSubdirectory("stoa-faults-");
        Report? report = null;
        try
        {
            report = await Run(new DataFolder(Path.Combine(folder.FullName, "data")), Path.Combine(folder.FullName, "journal"));
        }
        finally
        {
            if (report is { Violations.Count: > 0 }) say($"What the processes wrote is kept in {folder.FullName}.");
            else folder.Delete(recursive: true);
        }
        return report;
    }

    private async Task<Report> Run(DataFolder data, string journal)
    {
        using var disk = SmallDiskUnder(data, out var skipped);
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off");
        await using var server = options.Postgres ? await ThrowawayPostgres.Start(Ports.Free(1)[0], stop, PostgresKeeps.ThroughKills) : null;
        var wanted = new StoreOptions(data, Port: 0, Empty: true, Scale: server is null ? [] : ["orders=2", "payments=2"]) { Postgres = server?.ConnectionString };
        await using var store = Store.Open(wanted, Topology.Processes, Repository.Find(), front: Front);
        try
        {
            await store.Start(stop);
            using var bank = new Bank(store[Topology.Sandbox].Plan.Url, new Secrets(data, Environment.GetEnvironmentVariable).StripeSecretKey());
            var stage = new Stage(store, _links, bank, disk, server, _tally, options.Patience);
            var lastFault = await Play(stage, store, journal);
            var reading = await Audit(data, store, journal, lastFault + options.Patience - _tally.Now, stop);
            return new Report(options, [.. stage.Faults], _tally, reading, _tally.Now - lastFault, skipped);
        }
        finally
        {
            foreach (var link in _links.Values) await link.DisposeAsync();
        }
    }

    /// <returns>When the last fault was over.</returns>
    private async Task<TimeSpan> Play(Stage stage, Store store, string journalFile)
    {
        var goods = new Goods();
        using (var desk = await Desk.Open(store, stop)) await goods.PutOnSale(desk, store.Currency, stop);
        await using var journal = new Journal(journalFile);
        await using var shoppers = new Shoppers(options.Shoppers, options.Seed, _links[Topology.Gateway].Url, goods, journal, _tally);
        if (!await stage.Bought(WarmUp)) throw new TimeoutException($"The store sold {_tally.Purchases} times in all that time, though nothing was broken yet.");

        say($"The shoppers are in; {options.Script} plays for {options.Seconds} s.");
        stage.Begin(TimeSpan.FromSeconds(options.Seconds));
        if (!_script.NeedsSmallDisk || stage.HasSmallDisk) await _script.Play(stage).WaitAsync(stop);
        await stage.Heal();
        var lastFault = _tally.Now;
        await stage.Recovered();
        say("The faults are over; the shoppers leave, and the store settles.");
        await shoppers.Close();
        return lastFault;
    }

    private static Task<Reading> Audit(DataFolder data, Store store, string journal, TimeSpan settle, CancellationToken stop) => AuditStore.Settled(
        data, name => store.Processes.FirstOrDefault(one => one.Plan.Name == name)?.Plan.Url, Stoa.Audit.Journal.Read(File.ReadLines(journal)), settle, stop);

    private Uri Front(string process, Uri listens)
    {
        return (_links[process] = new Link(listens)).Url;
    }

    private SmallDisk? SmallDiskUnder(DataFolder data, out string skipped)
    {
        skipped = "";
        if (_script.SmallDisk is not { } service) return null;
        if (options.Postgres)
        {
            skipped = "no disk was filled: the data lies on the database server";
            return null;
        }

        DataFolder.MakePrivate(data.FullPath);
        // Room for what a run writes, and little more to fill.
        var disk = SmallDisk.Mount(data.Of(service), (64L + options.Seconds) << 20, out var refusal);
        if (disk is null) skipped = $"no disk was filled: {refusal}";
        return disk;
    }
}
