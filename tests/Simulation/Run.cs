using Stoa.Audit;

namespace Stoa.Simulation;

/// <summary>What a run showed.</summary>
/// <param name="Hash">Of its decisions: two runs of one seed have the same.</param>
/// <param name="Purchases">Orders that shoppers placed.</param>
/// <param name="Violations">What was broken: invariant, subject, what.</param>
internal sealed record Outcome(int Seed, string Hash, int Decisions, int Purchases, IReadOnlyList<string> Violations, SortedDictionary<string, long> Coverage);

/// <summary>One seed, from the opening of the shop to the audit:
/// <list type="number">
/// <item>a filled store is put back, and all services start;</item>
/// <item>24 shoppers and a clerk do their business in about 40 s of the simulation's time, while things go wrong;</item>
/// <item>the troubles end; whoever died comes back, whoever waits for an answer gets it; 60 s pass;</item>
/// <item>the shoppers look again, and the audit reads everything.</item>
/// </list></summary>
internal sealed class Run
{
    private const int Shoppers = 24;
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(30);

    private readonly Timeline _timeline = new();
    private readonly Coverage _coverage = new();
    private readonly Chance _chance;
    private readonly Troubles _troubles;
    private readonly Databases _databases;
    private readonly Town _town;
    private readonly Operator _operator;
    private readonly int _seed;

    private Run(int seed, Databases databases, Action<string>? tell)
    {
        (_seed, _databases) = (seed, databases);
        _chance = new Chance(seed, tell);
        _troubles = new Troubles(_chance, _coverage);
        _town = new Town(_timeline, _chance, _troubles, databases);
        _operator = new Operator(_town, _timeline, _chance, _coverage, _troubles);
    }

    public static async Task<Outcome> Of(int seed, Databases databases, Action<string>? tell)
    {
        databases.Restore();
        var run = new Run(seed, databases, tell);
        await run._town.StartAll();
        var outcome = await run.Drive(run.Story());
        await run._town.EndAll();
        return outcome;
    }

    /// <summary>Makes the store that every run begins with: goods, stock, accounts, everything told to everybody.</summary>
    public static async Task Fill(Databases databases)
    {
        var run = new Run(0, databases, null);
        run._troubles.End();
        await run._town.StartAll();
        await run.Drive(run.FillStore());
        await run._town.EndAll();
        databases.KeepAsTemplate();
    }

    /// <summary>Lets time pass until the story is at its end.</summary>
    private async Task<T> Drive<T>(Task<T> story)
    {
        await Pool.Idle();
        while (!story.IsCompleted)
        {
            if (!_timeline.Step()) throw new InvalidOperationException("everybody waits, and nothing will ever happen");
            await Pool.Idle();
        }

        return await story;
    }

    private async Task<Outcome> Story()
    {
        var journal = new Journal();
        var shoppers = Enumerable.Range(1, Shoppers).Select(number => new Shopper(number, _town, _timeline, _chance, _coverage, journal)).ToList();
        var open = true;
        var clerk = new Clerk(shoppers, _town, _timeline, _chance, _coverage);
        var atWork = clerk.Live(() => open);
        _ = PlayJumps();
        _ = PlayFullDisks();
        _ = _troubles.PlaySlownesses(_timeline, what => _chance.Note(_timeline.GetUtcNow(), what));
        var poisonings = PlayPoisonings();
        _timeline.After(Trouble, _troubles.End);
        await Task.WhenAll(shoppers.Select(one => one.Live()));
        open = false;
        await atWork;
        if (_timeline.GetUtcNow() - Began < Trouble) await Task.Delay(Trouble, _timeline);
        await poisonings;
        _troubles.End();
        await _operator.RedriveTheRest("inventory");
        await Task.Delay(Settling, _timeline);

        foreach (var shopper in shoppers) await shopper.LookBack();
        await clerk.LookBack();
        var violations = (await Offenders(journal)).Concat(shoppers.SelectMany(one => one.Wrongs).Select(one => $"shoppers_view: {one.Subject}: {one.What}"))
            .Concat(clerk.Wrongs.Select(one => $"clerks_view: {one.Subject}: {one.What}")).ToList();
        return new Outcome(_seed, _chance.Hash, _chance.Decisions, shoppers.Count(one => one.OrderId is not null), violations, _coverage.Counts);
    }

    private DateTimeOffset Began { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private async Task PlayJumps()
    {
        for (var jump = 0; jump < _troubles.Jumps; jump++)
        {
            await Task.Delay(_chance.Wait(4, 30), _timeline);
            var (name, by) = _chance.Of(("by minutes", TimeSpan.FromMinutes(5)), ("by two hours", TimeSpan.FromHours(2)), ("by two days, keys forgotten", TimeSpan.FromHours(49)));
            _coverage.Reach("clock: jumps " + name);
            _chance.Note(_timeline.GetUtcNow(), "the clock jumps " + name);
            _timeline.Jump(by);
        }
    }

    private async Task PlayFullDisks()
    {
        for (var time = 0; time < _troubles.FullDisks; time++)
        {
            await Task.Delay(_chance.Wait(0.5, 8), _timeline);
            var service = _chance.Of("orders", "payments", "inventory", "carts");
            var during = _chance.Wait(1, 6);
            _coverage.Reach($"disk: full, {service}");
            _chance.Note(_timeline.GetUtcNow(), $"the disk of {service} is full for {during.TotalSeconds}");
            _town.FillDisk(service, during);
            await Task.Delay(during, _timeline);
        }
    }

    private async Task PlayPoisonings()
    {
        for (var time = 0; time < _troubles.Poisonings; time++)
        {
            await Task.Delay(_chance.Wait(2, 14), _timeline);
            _coverage.Reach("handler: fails for a while");
            _chance.Note(_timeline.GetUtcNow(), "inventory's handler of paid orders fails");
            _databases.Poison();
            await Task.Delay(_chance.Wait(1, 6), _timeline);
            _databases.Cure();
            _chance.Note(_timeline.GetUtcNow(), "inventory's handler is mended");
            await Task.Delay(_chance.Wait(0, 4), _timeline);
            await _operator.Redrive("inventory");
        }
    }

    /// <summary>As on any live store, what looks wrong is read again: an order's time to pay may end in the very moment of a reading.</summary>
    private async Task<List<string>> Offenders(Journal journal)
    {
        var found = Told(await _operator.Audit(journal));
        if (found.Count == 0) return found;
        await Task.Delay(ReadAgain, _timeline);
        return [.. found.Intersect(Told(await _operator.Audit(journal)))];

        static List<string> Told(Reading reading) =>
            [.. Invariant.All.SelectMany(one => reading.Offenders(one).Select(offender => $"{one.Id}: {offender.Subject}: {offender.What}"))];
    }

    private async Task<bool> FillStore()
    {
        var staff = new Client(_town, _timeline, _chance, _coverage);
        if (!await staff.LogIn(Folders.StaffEmail, null)) throw new InvalidOperationException("staff cannot log in");
        foreach (var (sku, price, stock) in ((string, long, int)[])[("BOWL", 1000, 60), ("LAMP", 4500, 9), ("STOOL", 12900, 14)])
        {
            await Must(staff.Persist("POST", "/api/products", new { name = sku, variants = new[] { new { sku, price = new { amount = price, currency = "USD" } } } }), 201);
            await Task.Delay(TimeSpan.FromSeconds(2), _timeline);
            await Must(staff.Persist("POST", $"/api/stock/{sku}/adjustments", new { delta = stock, reason = "received" }, "stock-" + sku), 201);
        }

        for (var number = 1; number <= Shoppers; number++)
            await Must(staff.Persist("POST", "/api/users", new { name = "Ada", email = $"shopper{number}@example.com", password = Folders.Password }), 201);
        await Task.Delay(TimeSpan.FromSeconds(5), _timeline);
        return true;
    }

    private static async Task Must(Task<Reply?> call, int status)
    {
        var reply = await call;
        if (reply?.Status != status) throw new InvalidOperationException($"{reply?.Status} where {status} was expected: {reply?.Json}");
    }
}
