using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Stoa.Kit;

/// <summary>A Prometheus server of a test's own, in a temporary folder, with the shipped rules; and promtool. Where they are
/// not installed the tests are skipped, but never in CI.</summary>
public sealed class TestPrometheus : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _server;
    private readonly HttpClient _http;

    private TestPrometheus(DirectoryInfo folder, Process server, int port) =>
        (_folder, _server, _http) = (folder, server, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });

    /// <summary>Why a test that needs it may be skipped; null: it runs.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("CI") == "true" || (Find("prometheus") is not null && Find("promtool") is not null) ? null : "no Prometheus is installed (Debian: apt install prometheus)";

    /// <summary>Starts one that asks each second, and waits until it answers.</summary>
    /// <param name="rules">The rules' file.</param>
    /// <param name="targets">What it asks: a file for <c>file_sd_configs</c>.</param>
    public static async Task<TestPrometheus> Start(string rules, string targets)
    {
        var folder = Directory.CreateTempSubdirectory("stoa-prometheus-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"), $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ['{{rules}}']
            scrape_configs: [{job_name: stoa, file_sd_configs: [{files: ['{{targets}}']}]}]
            """);
        var port = TestPorts.Next();
        var server = Begin("prometheus", folder.FullName, $"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        server.BeginOutputReadLine(); // a pipe that nobody reads would stop it
        server.BeginErrorReadLine();
        var prometheus = new TestPrometheus(folder, server, port);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => prometheus.Kill();
        await Eventually.Is(prometheus.IsReady, "a Prometheus that is ready");
        return prometheus;
    }

    /// <summary>What a query gives now.</summary>
    /// <exception cref="InvalidOperationException">It is no query.</exception>
    public async Task<JsonElement[]> Query(string query) => [.. (await Ask($"query?query={Uri.EscapeDataString(query)}")).GetProperty("result").EnumerateArray()];

    /// <summary>The one figure that a query gives now; null for none.</summary>
    public async Task<double?> Figure(string query) => await Query(query) is [var one] ? double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture) : null;

    /// <summary>The names of all metrics that were ever seen.</summary>
    public async Task<HashSet<string>> Names() => [.. (await Ask("label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Runs promtool.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public static async Task<(int Code, string Said)> Promtool(string folder, params string[] args)
    {
        using var tool = Begin("promtool", folder, args);
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        return (tool.ExitCode, string.Concat(said));
    }

    /// <summary>Ends it and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Kill()
    {
        try
        {
            if (!_server.HasExited) _server.Kill();
        }
        catch (InvalidOperationException)
        {
            return; // disposed: it is gone already
        }
    }

    private async Task<bool> IsReady()
    {
        if (_server.HasExited) throw new InvalidOperationException($"Prometheus ended with {_server.ExitCode}.");
        try
        {
            using var answer = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    private async Task<JsonElement> Ask(string path)
    {
        using var answer = await _http.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative));
        var said = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(said).GetProperty("data") : throw new InvalidOperationException(said);
    }

    private static Process Begin(string program, string folder, params string[] args)
    {
        var path = Find(program) ?? throw new InvalidOperationException($"{program} is not installed (Debian: apt install prometheus).");
        return Process.Start(new ProcessStartInfo(path, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
