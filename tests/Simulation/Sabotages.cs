using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stoa.Simulation;

/// <summary>Breaks the store on purpose, a rule at a time, to see that it is noticed: each sabotage is compiled in a copy of
/// the sources, while others run: the seed that is known to break an invariant, then seeds 1 to 50 until one does. The
/// product's sources know nothing of it.</summary>
internal sealed partial class Sabotages : IDisposable
{
    private const int MostSeeds = 50;
    private const int MostRaces = 5;

    private readonly string _root = Root();
    private readonly KnownSeeds _known;
    private readonly SabotagedCopy _copy;
    private readonly BlockingCollection<string> _programs = [];
    private readonly Lock _gate = new();
    private readonly List<Sabotage> _all;
    private readonly bool _records;
    private int _missed;

    private Sabotages(bool records)
    {
        (_records, _all) = (records, Sabotage.All(_root));
        _known = new KnownSeeds(_root);
        _copy = new SabotagedCopy(_root);
        for (var number = 1; number <= Environment.ProcessorCount; number++) _programs.Add(_copy.Program("Simulation", $"Simulation-{number}"));
    }

    /// <summary>Runs all of them, or those whose name holds a text.</summary>
    /// <param name="records">Whether to write docs/sabotages.md.</param>
    /// <returns>0 when each was caught.</returns>
    public static int Run(string? named, bool records)
    {
        using var run = new Sabotages(records);
        return run.Try(named);
    }

    public void Dispose()
    {
        _programs.Dispose();
        _copy.Dispose();
    }

    private int Try(string? named)
    {
        var took = Stopwatch.StartNew();
        var meant = _all.Where(one => named is null || one.Name.Contains(named, StringComparison.OrdinalIgnoreCase)).ToList();
        var hunts = new List<Thread>(); // and no tasks: the pool of this program has one thread
        foreach (var sabotage in meant)
        {
            var (assemblies, refusal) = _copy.Compile(sabotage);
            if (refusal is not null)
            {
                Tell(sabotage, null, null, refusal);
                continue;
            }

            var program = _programs.Take();
            var hunt = new Thread(() =>
            {
                if (sabotage.Race is { } race) Race(sabotage, race, assemblies);
                else Hunt(sabotage, program, assemblies);
                _programs.Add(program);
            });
            hunt.Start();
            hunts.Add(hunt);
        }

        foreach (var hunt in hunts) hunt.Join();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{meant.Count - _missed} of {meant.Count} sabotages caught in {took.Elapsed.TotalSeconds:0} s."));
        return _missed == 0 ? 0 : 1;
    }

    private void Hunt(Sabotage sabotage, string program, IReadOnlyList<string> assemblies)
    {
        string[] known = _known.Of(sabotage) is { } first ? ["--known", Command.Text(first)] : [];
        var worker = new ProcessStartInfo(Shell.Dotnet, [Path.Combine(program, "Simulation.dll"), "--worker", "--until-broken", "--seed", "1", "--seeds", Command.Text(MostSeeds), .. known])
        { WorkingDirectory = program, RedirectStandardOutput = true, RedirectStandardError = true };
        Command.Hasten(worker);
        var ran = _copy.With(program, assemblies, () => Shell.Run(worker));
        var lines = ran.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var broken = lines.Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<Outcome>(line)!).FirstOrDefault(one => one.Violations.Count > 0);
        if (broken is not null) Tell(sabotage, broken.Violations[0].Split(':')[0], broken.Seed, broken.Violations[0]);
        else Tell(sabotage, null, null, ran.Code == 0 ? $"{MostSeeds} seeds broke nothing" : "the simulation broke: " + string.Join('\n', lines.Where(line => !line.StartsWith('{')).Take(10)));
    }

    /// <summary>A race is not sure to be lost: it is run a few times. That the sound code wins it is seen first.</summary>
    private void Race(Sabotage sabotage, (string Project, string Class) race, IReadOnlyList<string> assemblies)
    {
        if (Shell.Run(_root, "dotnet", "build", $"tests/{race.Project}", "-c", "Release", "-v", "quiet", "-nologo") is { Code: not 0 } unbuilt)
        {
            Tell(sabotage, null, null, $"{race.Project} does not build: {unbuilt.Said}");
            return;
        }

        var program = _copy.Program(race.Project, $"{race.Project}-{sabotage.Name}");
        if (Tests(program, race) is { Code: not 0 } sick)
        {
            Tell(sabotage, null, null, $"{race.Class} fails without the sabotage too: {FailedTest().Match(sick.Said).Value}");
            return;
        }

        var lost = _copy.With(program, assemblies, () => Enumerable.Range(0, MostRaces).Select(_ => FailedTest().Match(Tests(program, race).Said)).FirstOrDefault(found => found.Success));
        if (lost is not null) Tell(sabotage, lost.Groups["test"].Value, null, "on PostgreSQL");
        else Tell(sabotage, null, null, $"{race.Class} passed {MostRaces} times");
    }

    private static (int Code, string Said) Tests(string program, (string Project, string Class) race)
    {
        var start = new ProcessStartInfo(Shell.Dotnet, [Path.Combine(program, race.Project + ".dll"), "-class", race.Class, "-noColor"])
        { WorkingDirectory = program, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STOA_TEST_ENGINE"] = "postgres";
        return Shell.Run(start);
    }

    private void Tell(Sabotage sabotage, string? by, int? seed, string what)
    {
        lock (_gate)
        {
            if (by is null) _missed++;
            _known.Learn(sabotage, by, seed);
            if (_records) _known.Write(_all); // at each, so that a run that is broken off has not been for nothing
            Console.WriteLine($"{(by is null ? "NOT CAUGHT" : "caught"),-10} {sabotage.Name}: {(seed is null ? by : "seed " + Command.Text(seed.Value))} {what}");
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Stoa.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Stoa.slnx is in no folder above this program");
    }

    [GeneratedRegex(@"^\s*\S*?(?<test>\w+)(\(.*\))? \[FAIL\]", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
