using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Spectre.Console;
using Stoa.Audit;

namespace Stoa.Launcher;

/// <summary>Checks a store's invariants: reads every service's own account and the sandbox bank's record, and compares. What
/// looks wrong is read again until it has come right or the settling time is over. Where no store runs, the services are
/// started on the folder for as long as it takes, without the door and the pages.</summary>
public static class AuditStore
{
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(2);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <returns>0 when every invariant holds, else 1.</returns>
    public static async Task<int> Run(DataFolder data, bool json, string? journalFile, TimeSpan settle, CancellationToken stop)
    {
        var journal = journalFile is null ? new Journal() : ReadJournal(journalFile);
        if (RunFile.Read(data) is { } run)
            return Report(await Settled(data, name => run.Processes.FirstOrDefault(one => one.Name == name)?.Url, journal, settle, stop), json);

        if (!Directory.Exists(data.Of("orders"))) throw new CannotGoOnException($"There is no store in {data.FullPath}.");
        var repository = Repository.Find();
        if (!json) Console.WriteLine($"No store runs on {data.FullPath}: starting its services for the audit.");
        await Build.Fresh(repository, Build.Store, [.. Topology.Processes.Select(process => process.ProjectFile)], _ => { }, stop);
        await using var store = Store.Open(new StoreOptions(data, Port: 0), [.. Topology.Processes.Where(one => one.OwnsData)], repository);
        await store.Start(stop);
        return Report(await Settled(data, name => store.Processes.FirstOrDefault(one => one.Plan.Name == name)?.Plan.Url, journal, settle, stop), json);
    }

    /// <summary>Reads once; then, while anything looks wrong and there is time, again: an offender stays one only while each
    /// reading finds it unchanged.</summary>
    /// <param name="urlOf">Where a service listens; null where the store has none such.</param>
    public static async Task<Reading> Settled(DataFolder data, Func<string, Uri?> urlOf, Journal journal, TimeSpan settle, CancellationToken stop)
    {
        var pem = await File.ReadAllTextAsync(new Secrets(data, Environment.GetEnvironmentVariable).ServiceKey(Ask.Asker).File, stop);
        var reader = new StoreReader(async (service, path, ending) => urlOf(service) is { } url ? await Get(url, service, path, pem, ending) : null, journal.Orders);
        var waited = Stopwatch.StartNew();
        var reading = await reader.Read(stop);
        while (!reading.IsClean && waited.Elapsed < settle)
        {
            await Task.Delay(BetweenReadings, stop);
            reading.KeepOnly(await reader.Read(stop));
        }

        return reading;
    }

    private static async Task<Stream?> Get(Uri url, string service, string path, string pem, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/internal/audit/" + path));
        request.Headers.Add("Stoa-Service-Token", Ask.Token(pem, service, TimeProvider.System.GetUtcNow()));
        try
        {
            using var answer = await Http.SendAsync(request, stop);
            if (answer.StatusCode != HttpStatusCode.OK) throw new CannotGoOnException($"{service} answers {(int)answer.StatusCode} to the audit.");
            return new MemoryStream(await answer.Content.ReadAsByteArrayAsync(stop));
        }
        catch (HttpRequestException silence)
        {
            throw new CannotGoOnException($"{service} at {url} does not answer, so there is nothing to compare: {silence.Message}");
        }
    }

    private static Journal ReadJournal(string file)
    {
        try
        {
            return Journal.Read(File.ReadLines(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CannotGoOnException($"The journal {file} cannot be read: {fault.Message}");
        }
    }

    private static int Report(Reading reading, bool json)
    {
        if (json) Console.WriteLine(Json(reading));
        else Show(reading);
        return reading.IsClean ? 0 : 1;
    }

    private static string Json(Reading reading) => JsonSerializer.Serialize(new
    {
        holds = reading.IsClean,
        invariants = Invariant.All.Select(one => new
        {
            one.Id,
            one.Promise,
            compared = one.Compared(reading.Totals),
            holds = reading.Offenders(one).Count == 0,
            offenders = reading.Offenders(one).Count,
            first = reading.Offenders(one).Take(20),
        }),
    }, RunFile.Json);

    private static void Show(Reading reading)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("invariant", "compared", "holds");
        foreach (var invariant in Invariant.All)
        {
            var offenders = reading.Offenders(invariant);
            table.AddRow(invariant.Id, Markup.Escape(invariant.Compared(reading.Totals)), offenders.Count == 0 ? "[green]yes[/]" : "[red]NO[/]");
        }

        AnsiConsole.Write(table);
        foreach (var invariant in Invariant.All.Where(one => reading.Offenders(one).Count > 0))
        {
            var offenders = reading.Offenders(invariant);
            Console.WriteLine($"{invariant.Id}: {invariant.Promise}. That is broken {(offenders.Count == Reading.MostOffenders ? "at least " : "")}{offenders.Count} times:");
            foreach (var one in offenders.Take(5)) Console.WriteLine($"  {one.Subject}: {one.What}");
        }

        Console.WriteLine(reading.IsClean ? "Every invariant holds." : "The store is not as it must be.");
    }
}
