using System.Collections.Concurrent;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Faults;

/// <summary>What a script can do to a running store. Each act is noted, with what was under way and how long the store
/// took to get over it.</summary>
public sealed class Stage(Store store, IReadOnlyDictionary<string, Link> links, Bank bank, SmallDisk? disk, ThrowawayPostgres? server, Tally tally, TimeSpan patience)
{
    /// <summary>Longer than any recovery may take.</summary>
    private readonly TimeSpan _longest = 2 * patience;
    private const string Database = "database";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentQueue<Task> _recoveries = new();
    private TimeSpan _ends;

    /// <summary>What was done, in order.</summary>
    public IReadOnlyCollection<Fault> Faults => _faults;

    /// <summary>The processes that can be struck.</summary>
    public IReadOnlyList<string> Processes { get; } = [.. store.Processes.Select(process => process.Plan.Name)];

    /// <summary>What can be killed: the processes, and the database server where there is one.</summary>
    public IReadOnlyList<string> Mortals => server is null ? Processes : [.. Processes, Database];

    /// <summary>Whether a disk can be filled.</summary>
    public bool HasSmallDisk => disk is not null;

    /// <summary>Whether the time of the script is up.</summary>
    public bool IsOver => tally.Now >= _ends;

    /// <summary>From now on the time of the script runs.</summary>
    public void Begin(TimeSpan lasts) => _ends = tally.Now + lasts;

    /// <summary>Plays a scene again and again until the time is up.</summary>
    public async Task Repeat(Func<Task> scene)
    {
        while (!IsOver) await scene();
    }

    /// <summary>Waits until so many purchases are under way, or the time is up.</summary>
    public Task Busy(int purchases) => Until(() => tally.InFlight >= purchases || IsOver);

    /// <summary>Waits until so many purchases have been made: the shoppers are in.</summary>
    /// <returns>False when they never were.</returns>
    public Task<bool> Bought(int purchases) => Until(() => tally.Purchases >= purchases);

    /// <summary>Waits until every fault so far is got over.</summary>
    public Task Recovered() => Task.WhenAll(_recoveries);

    /// <summary>kill -9 of one of <see cref="Mortals"/>.</summary>
    public async Task Kill(string name)
    {
        if (name == Database)
        {
            await Strike("kill", Database, () => server!.Kill(CancellationToken.None), () => true);
            return;
        }

        var process = store[name];
        await Until(() => process.State == ProcessState.Ready);
        var pid = process.Pid;
        await Strike("kill", name, () =>
        {
            process.Kill();
            return Task.CompletedTask;
        }, () => process.State == ProcessState.Ready && process.Pid != pid);
    }

    /// <summary>kill -9 of all of them, as when the power goes.</summary>
    public Task KillEverything() => Task.WhenAll(Mortals.Select(Kill));

    /// <summary>SIGSTOP, and SIGCONT after a while: the process holds its connections, its locks and its leases, and does nothing.</summary>
    public Task Pause(string name, TimeSpan length) => Strike("pause", name, async () =>
    {
        store[name].Pause();
        await Task.Delay(length);
        store[name].Continue();
    });

    /// <summary>Connections to it are reset.</summary>
    public Task Cut(string name, TimeSpan length) => Bend("cut", name, LinkState.Cut, length);

    /// <summary>Connections to it stand, and nothing passes.</summary>
    public Task Silence(string name, TimeSpan length) => Bend("half-open", name, LinkState.Silent, length);

    /// <summary>What is asked of it happens, and its answers are lost.</summary>
    public Task LoseAnswers(string name, TimeSpan length) => Bend("answers lost", name, LinkState.LosesAnswers, length);

    /// <summary>All that goes to it and comes from it is late.</summary>
    public Task Slow(string name, TimeSpan length) => Bend("delay", name, LinkState.Slow, length);

    /// <summary>No byte can be written in the small disk's folder.</summary>
    public Task FillDisk(string name, TimeSpan length) => Strike("disk full", name, async () =>
    {
        disk!.Fill();
        await Task.Delay(length);
        disk.Free();
    });

    /// <summary>The provider misbehaves at the next calls.</summary>
    /// <inheritdoc cref="Bank.Suffer"/>
    public Task Trouble(string answer, bool after, int times, string? on = null) =>
        Strike($"bank {answer}{(after ? " after charging" : "")}", Topology.Sandbox, () => bank.Suffer(answer, after, times, on));

    /// <summary>The provider's next webhooks go astray.</summary>
    /// <inheritdoc cref="Bank.TreatWebhooks"/>
    public Task TreatWebhooks(string treatment, int times) =>
        Strike($"webhooks {treatment}", Topology.Sandbox, () => bank.TreatWebhooks(treatment, times));

    /// <summary>Ends whatever still goes on.</summary>
    public async Task Heal()
    {
        foreach (var link in links.Values) link.Become(LinkState.Open);
        foreach (var process in store.Processes.Where(_ => !OperatingSystem.IsWindows())) process.Continue();
        disk?.Free();
        await Until(() => store.Processes.All(process => process.State == ProcessState.Ready));
        await bank.Clear();
    }

    private Task Bend(string kind, string name, LinkState state, TimeSpan length) => Strike(kind, name, async () =>
    {
        links[name].Become(state);
        await Task.Delay(length);
        links[name].Become(LinkState.Open);
    });

    private async Task Strike(string kind, string target, Func<Task> act, Func<bool>? isBack = null)
    {
        var fault = new Fault(kind, target, tally.Now, tally.InFlight);
        _faults.Enqueue(fault);
        await act();
        fault.Ended = tally.Now;
        _recoveries.Enqueue(Recover(fault, isBack ?? (() => store[target].State == ProcessState.Ready)));
    }

    private async Task Recover(Fault fault, Func<bool> isBack)
    {
        if (await Until(() => isBack() && tally.BoughtSince(fault.Ended))) fault.RecoveredAfter = tally.Now - fault.Ended;
    }

    private async Task<bool> Until(Func<bool> holds)
    {
        for (var began = tally.Now; !holds(); await Task.Delay(Look))
        {
            if (tally.Now - began > _longest) return false;
        }
        return true;
    }
}
