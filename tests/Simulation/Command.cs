using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Stoa.Simulation;

/// <summary>The command line. Seeds are shared out to processes of this program, one for each core: within one, everything
/// runs on one thread (see <see cref="Pool"/>).</summary>
internal static class Command
{
    public static int Run(string[] args)
    {
        var first = Number(args, "--seed") ?? 1;
        var count = Number(args, "--seeds") ?? 100;
        if (Array.IndexOf(args, "--sabotages") is >= 0 and var at) return Sabotages.Run(at + 1 < args.Length && args[at + 1][0] != '-' ? args[at + 1] : null, args.Contains("--record"));
        var step = Number(args, "--step") ?? 1;
        var seeds = Enumerable.Range(0, count).Select(number => first + (number * step));
        if (Number(args, "--known") is { } known) seeds = seeds.Prepend(known);
        if (args.Contains("--worker")) return Pool.Run(() => Work(seeds, args.Contains("--until-broken"), null));
        if (args.Contains("--trace")) return Pool.Run(() => Work(seeds, untilBroken: false, Console.WriteLine));
        return new Report(args, first, count).Run();
    }

    /// <summary>A worker: a line of JSON for each seed.</summary>
    private static async Task<int> Work(IEnumerable<int> seeds, bool untilBroken, Action<string>? tell)
    {
        var databases = new Databases(Town.Names);
        await Simulation.Run.Fill(databases);
        foreach (var seed in seeds)
        {
            var outcome = await Simulation.Run.Of(seed, databases, tell);
            Console.WriteLine(JsonSerializer.Serialize(outcome));
            if (untilBroken && outcome.Violations.Count > 0) break;
        }

        Folders.Remove();
        return 0;
    }

    /// <summary>A worker lives for minutes, with eight services: only what runs very often is worth compiling twice, nobody reads
    /// the figures that each service's telemetry would count for all eight, and its code needs no guard against its own writing.</summary>
    internal static void Hasten(ProcessStartInfo worker)
    {
        worker.Environment["DOTNET_TC_CallCountThreshold"] = "300";
        worker.Environment["OTEL_SDK_DISABLED"] = "true";
        worker.Environment["DOTNET_EnableWriteXorExecute"] = "0";
    }

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static int? Number(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Starts the workers, gathers what they say, and sums it up.</summary>
    private sealed class Report(string[] args, int first, int count)
    {
        private const int ProgressEvery = 50;

        /// <summary>So many seeds reach everything, or the simulation has gone blind to something.</summary>
        private const int EnoughForAll = 500;

        private readonly Coverage _coverage = new();
        private readonly SortedDictionary<int, IReadOnlyList<string>> _broken = [];
        private readonly Dictionary<int, string> _hashes = [];
        private readonly SortedSet<int> _unlike = [];
        private readonly Lock _gate = new();
        private readonly int _again = args.Contains("--twice") ? Math.Min(count, Number(args, "--twice") ?? count) : 0;
        private readonly bool _untilBroken = args.Contains("--until-broken");
        private List<Process> _workers = [];
        private int _seen;
        private int _purchases;
        private int _fewest = int.MaxValue;
        private long _decisions;

        public int Run()
        {
            var took = Stopwatch.StartNew();
            var failed = false;
            var workers = Math.Min(count, Number(args, "--processes") ?? Environment.ProcessorCount);
            foreach (var seeds in (int[])[count, _again])
            {
                lock (_gate) _workers = [.. Enumerable.Range(0, Math.Min(workers, seeds)).Select(number => Start(first + number, (seeds - number + workers - 1) / workers, workers))];
                foreach (var worker in _workers) worker.WaitForExit();
                failed |= _workers.Any(one => one.ExitCode != 0);
            }

            if (!args.Contains("--quiet"))
                foreach (var (what, times) in _coverage.Counts) Console.WriteLine($"{times,10:N0}  {what}");
            foreach (var (seed, violations) in _broken.Take(_untilBroken ? 1 : 20))
                foreach (var one in violations.Take(5)) Console.WriteLine($"seed {seed}: {one}");
            foreach (var seed in _unlike) Console.WriteLine($"seed {seed}: two runs of it decided differently");
            var missing = _coverage.Missing().ToList();
            if (!args.Contains("--quiet"))
                foreach (var what in missing) Console.WriteLine($"{"never",10}  {what}");
            if (count < EnoughForAll && !args.Contains("--whole")) missing.Clear();
            else if (missing.Count > 0) Console.WriteLine($"{missing.Count} states, boundaries or troubles were never reached.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{_hashes.Count:N0} of {count:N0} seeds, {_purchases:N0} purchases (no seed fewer than {_fewest}), {_decisions:N0} decisions in {took.Elapsed.TotalSeconds:0.0} s ({_seen / took.Elapsed.TotalSeconds:0.0} seeds a second): {(_broken.Count == 0 ? "no violation" : _broken.Count + " seeds with violations")}."));
            var unfinished = !_untilBroken && (_hashes.Count < count || failed);
            return unfinished || _broken.Count > 0 || _unlike.Count > 0 || missing.Count > 0 ? 1 : 0;
        }

        private Process Start(int from, int seeds, int step)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Command).Assembly.Location);
            foreach (var one in (string[])["--worker", "--seed", Text(from), "--seeds", Text(seeds), "--step", Text(step)]) start.ArgumentList.Add(one);
            if (_untilBroken) start.ArgumentList.Add("--until-broken");
            Hasten(start);
            var worker = Process.Start(start)!;
            worker.OutputDataReceived += (_, said) => { if (said.Data is not null) Hear(said.Data, worker); };
            worker.BeginOutputReadLine();
            return worker;
        }

        private void Hear(string line, Process worker)
        {
            lock (_gate)
            {
                if (!line.StartsWith('{'))
                {
                    Console.WriteLine(line);
                    return;
                }

                var outcome = JsonSerializer.Deserialize<Outcome>(line)!;
                if (++_seen % ProgressEvery == 0) Console.WriteLine($"{_seen} of {count + _again} seeds run, {_broken.Count} with violations");
                _decisions += outcome.Decisions;
                _purchases += outcome.Purchases;
                _fewest = Math.Min(_fewest, outcome.Purchases);
                _coverage.Add(new Coverage { Counts = outcome.Coverage });
                if (!_hashes.TryAdd(outcome.Seed, outcome.Hash) && _hashes[outcome.Seed] != outcome.Hash) _unlike.Add(outcome.Seed);
                if (args.Contains("--hashes")) Console.WriteLine($"seed {outcome.Seed} {outcome.Hash}");
                if (outcome.Violations.Count > 0) _broken[outcome.Seed] = outcome.Violations;
                // Another worker found an earlier seed: this one can find none before it any more.
                else if (_untilBroken && _broken.Count > 0 && outcome.Seed > _broken.Keys.First()) worker.Kill();
            }
        }
    }
}
