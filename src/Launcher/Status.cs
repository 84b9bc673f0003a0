using System.Net;
using System.Text.Json;
using Spectre.Console;

namespace Stoa.Launcher;

/// <summary>Says what runs: what the Launcher knows of each process, and what the process itself says.</summary>
public static class Status
{
    private const string Ready = "ready";
    private const string Unready = "unready";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <returns>0 when every process is ready.</returns>
    public static async Task<int> Run(DataFolder data, bool json, CancellationToken stop)
    {
        if (RunFile.Read(data) is not { } run)
        {
            Console.WriteLine(json ? "[]" : $"No store runs on {data.FullPath}.");
            return 1;
        }
        var processes = await Task.WhenAll(run.Processes.Select(process => Ask(process, stop)));
        if (json) Console.WriteLine(JsonSerializer.Serialize(processes, RunFile.Json));
        else Show(run, processes);
        return processes.All(process => process.State == Ready) ? 0 : 1;
    }

    private static async Task<ProcessStatus> Ask(ProcessStatus process, CancellationToken stop)
    {
        if (process.Pid is null) return process;
        try
        {
            using var answer = await Http.GetAsync(new Uri(process.Url, "/health/ready"), stop);
            return process with
            {
                State = answer.StatusCode == HttpStatusCode.OK ? Ready : WithoutAnswer(process.State),
                Version = VersionIn(await answer.Content.ReadAsStringAsync(stop)) ?? process.Version,
            };
        }
        catch (HttpRequestException)
        {
            return process with { State = WithoutAnswer(process.State) };
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return process with { State = WithoutAnswer(process.State) };
        }
    }

    private static string WithoutAnswer(string state) => state == Ready ? Unready : state;

    private static string? VersionIn(string health) =>
        health.StartsWith('{') && JsonDocument.Parse(health).RootElement.TryGetProperty("version", out var version) ? version.GetString() : null;

    private static void Show(RunFile run, ProcessStatus[] processes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("process", "state", "pid", "restarts", "version", "url");
        foreach (var process in processes)
        {
            var color = process.State == Ready ? "green" : "yellow";
            table.AddRow(
                process.Name, $"[{color}]{process.State}[/]", $"{process.Pid}", $"{process.Restarts}", Markup.Escape(process.Version),
                Markup.Escape(process.Url.ToString()));
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"The shop: {run.Url}  (Launcher: process {run.Pid})");
    }
}
