using System.Diagnostics;
using Spectre.Console;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>From a command to a store that is ready and full, with its progress on the screen.</summary>
public static class StartStore
{
    public static async Task<Store> Run(StoreOptions options, Repository repository, CancellationToken stop)
    {
        var took = Stopwatch.StartNew();
        var reporter = new Reporter(stop);
        var topology = AddedServices.Read(options.Config, repository);
        var store = Store.Open(options, topology, repository, reporter.Hear);
        try
        {
            await Screen.Progress("Building", say => Build.Fresh(
                repository, Build.Store, topology.Select(process => process.ProjectFile).ToList(), say, stop));
            await Screen.Progress("Starting", async say =>
            {
                reporter.Ready = (count, name) => say($"{count} of {store.Processes.Count}: {name}");
                await store.Start(stop);
            });
            if (!options.Empty) await Screen.Progress("Filling the store", say => FillStore.Run(store, options.Data, repository, say, stop));
            Console.WriteLine($"Ready after {took.Elapsed.TotalSeconds:0.0} s: {store.Processes.Count} processes on {options.Data.FullPath}.");
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Turns changes of state into words: progress at first, deaths and returns later.</summary>
    private sealed class Reporter(CancellationToken stop)
    {
        private readonly HashSet<string> _ready = [];

        public Action<int, string> Ready { get; set; } = (_, _) => { };

        public void Hear(ProcessChange change)
        {
            lock (_ready)
            {
                var first = change.State is ProcessState.Ready && _ready.Add(change.Process);
                if (first) Ready(_ready.Count, change.Process);
                else if (change.State is ProcessState.Ready) AnsiConsole.MarkupLineInterpolated($"[green]{change.Process} is back.[/]");
                else if (change.State is ProcessState.Restarting && !stop.IsCancellationRequested) AnsiConsole.MarkupLineInterpolated($"[yellow]{change.Process} died: {change.Reason}. Starting it again.[/]");
            }
        }
    }
}
