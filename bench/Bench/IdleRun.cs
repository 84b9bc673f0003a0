using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Stoa.Bench.Report;
using Stoa.Launcher;

namespace Stoa.Bench;

/// <summary>What a store costs that nobody visits, and how soon it is there: the store of <c>./stoa up</c>, with the demo
/// catalogue, started by that very command.</summary>
internal static class IdleRun
{
    private const int Starts = 5;
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(3); // until the runtime has compiled what goes on running, which it does after 30 calls
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(string? output, CancellationToken stop)
    {
        await Build.Fresh(Repository.Find(), Build.Store, [.. Topology.Processes.Select(process => process.ProjectFile)], _ => { }, stop);
        Console.WriteLine(Machine.Text);
        var folder = Directory.CreateTempSubdirectory("stoa-idle-");
        try
        {
            var data = new DataFolder(Path.Combine(folder.FullName, "data"));
            Terminal.Say("the first start, which fills the store");
            var first = await StartAndEnd(data, stop);
            var ready = new List<double>();
            for (var start = 1; start < Starts; start++)
            {
                Terminal.Say($"start {start} of {Starts}");
                ready.Add(await StartAndEnd(data, stop));
            }

            Terminal.Say($"start {Starts} of {Starts}, then {(Settles + Lasts).TotalSeconds:0} s of nothing");
            await using var up = await Up.Start(data, stop);
            ready.Add(up.ReadySeconds);
            await Task.Delay(Settles, stop);
            var before = Usage.Of(up.Processes);
            await Task.Delay(Lasts, stop);
            var after = Usage.Of(up.Processes);
            return Tell(first, Spread.Of(ready), up.Processes.ToDictionary(one => one.Name, one => Usage.Of([one]).Pss), after.Since(before), output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> StartAndEnd(DataFolder data, CancellationToken stop)
    {
        await using var up = await Up.Start(data, stop);
        return up.ReadySeconds;
    }

    private static int Tell(double first, Spread ready, IReadOnlyDictionary<string, long> pss, IReadOnlyDictionary<string, double> cpu, string? output)
    {
        var table = new Table().AddColumns("", "PSS MiB", "CPU ms a second");
        foreach (var (name, bytes) in pss.OrderByDescending(one => one.Value)) table.AddRow(name, Mib(bytes), Spread.Number(PerSecond(cpu[name])));
        table.AddRow("all", Mib(pss.Values.Sum()), Spread.Number(PerSecond(cpu.Values.Sum())));
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {ready} s, the first time, with an empty store to fill, after {first:0.0} s"));
        if (output is not null) Files.Write(output, "idle.json", new { machine = Machine.Text, firstReadySeconds = first, readySeconds = ready, pss, cpuSecondsOfAMinute = cpu });
        return 0;
    }

    private static double PerSecond(double cpuSeconds) => cpuSeconds * 1000 / Lasts.TotalSeconds;

    private static string Mib(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A store that <c>./stoa up</c> runs.</summary>
    private sealed class Up : IAsyncDisposable
    {
        private readonly Process _command;

        private Up(Process command, double readySeconds, IReadOnlyList<(string, int)> processes) => (_command, ReadySeconds, Processes) = (command, readySeconds, processes);

        /// <summary>From the command to the word.</summary>
        public double ReadySeconds { get; }

        /// <summary>All that run, the command among them.</summary>
        public IReadOnlyList<(string Name, int Pid)> Processes { get; }

        public static async Task<Up> Start(DataFolder data, CancellationToken stop)
        {
            var took = Stopwatch.StartNew();
            var command = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Find().Root, "stoa"), ["up", "--port", $"{Ports.Free(1)[0]}", "--data", data.FullPath]) { RedirectStandardOutput = true })!;
            while (await command.StandardOutput.ReadLineAsync(stop) is { } line)
            {
                if (!line.StartsWith("Ready after", StringComparison.Ordinal)) continue;
                var ready = took.Elapsed.TotalSeconds;
                var run = RunFile.Require(data);
                return new Up(command, ready, [("launcher", run.Pid), .. run.Processes.Select(process => (process.Name, process.Pid!.Value))]);
            }

            throw new InvalidOperationException("./stoa up ended before the store was ready");
        }

        public async ValueTask DisposeAsync()
        {
            Supervision.Signals.AskToEnd(_command.Id);
            await _command.StandardOutput.ReadToEndAsync();
            await _command.WaitForExitAsync();
            _command.Dispose();
        }
    }
}
