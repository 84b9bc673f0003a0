using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stoa.Supervision;

namespace Stoa.Repository.Tests;

/// <summary>Each service as it would be deployed: published, and started with nothing around it.</summary>
public sealed class AloneTests(AloneTests.Published published) : IClassFixture<AloneTests.Published>
{
    /// <summary>Set to 1, the run writes docs/api anew instead of comparing; look at the difference before you commit it.</summary>
    private const string UpdateVariable = "STOA_UPDATE_SNAPSHOTS";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Services => [.. Sources.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Publishes_and_starts_alone(string service)
    {
        var http = await published.Start(service);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Answers_the_document_that_docs_hold(string service)
    {
        var http = await published.Start(service);
        var document = InOrder(await http.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var file = Path.Combine(Sources.Root, "docs", "api", Sources.NameOf(service) + ".json");
        if (document["paths"] is not JsonObject { Count: > 0 })
        {
            Assert.False(File.Exists(file), $"{file} is there, but {service} has no public call");
            return;
        }

        var text = document.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") await File.WriteAllTextAsync(file, text);
        Assert.True(File.Exists(file), $"docs/api has no document of {service}: run once with {UpdateVariable}=1");
        Assert.Equal(InOrder(JsonNode.Parse(await File.ReadAllTextAsync(file)))!.ToJsonString(Indented) + "\n", text);
    }

    /// <summary>The same document with the properties of every object by name: their order means nothing.</summary>
    private static JsonNode? InOrder(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, InOrder(one.Value)))),
        JsonArray list => new JsonArray([.. list.Select(InOrder)]),
        _ => node?.DeepClone(),
    };

    /// <summary>All services published once, each started when a test first wants it, all ended at the end.</summary>
    public sealed class Published : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("stoa-alone-").FullName;
        private readonly Dictionary<string, (Supervised Process, HttpClient Http)> _running = [];

        public async ValueTask InitializeAsync()
        {
            var filter = Path.Combine(_folder, "services.slnf");
            await File.WriteAllTextAsync(filter, JsonSerializer.Serialize(new
            {
                solution = new { path = Path.Combine(Sources.Root, "Stoa.slnx"), projects = Sources.Services.Select(service => $"src/{service}/{service}.csproj") },
            }));
            var (exitCode, said) = await DotNet("publish", filter, "-c", "Release", "--no-build", "-v", "quiet", "-nologo");
            Assert.True(exitCode == 0, $"Publishing failed; was everything built before (./stoa test does)?\n{said}");
        }

        public async Task<HttpClient> Start(string service)
        {
            if (_running.TryGetValue(service, out var known)) return known.Http;
            var url = new Uri($"http://127.0.0.1:{FreePort()}");
            var log = Path.Combine(_folder, service + ".log");
            var process = new Supervised(new ProcessPlan(service, "dotnet", [Path.Combine(Sources.Root, "artifacts", "publish", service, "release", service + ".dll")], url, log)
            {
                Environment = Settings(url, Path.Combine(_folder, service)),
            });
            var http = new HttpClient { BaseAddress = url };
            _running[service] = (process, http);
            process.Start();
            var state = await process.Settled(TestContext.Current.CancellationToken);
            Assert.True(state == ProcessState.Ready, $"{service} is {state}: {await ReadLog(log)}");
            return http;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (_, http) in _running.Values) http.Dispose();
            await Task.WhenAll(_running.Values.Select(one => one.Process.DisposeAsync().AsTask()));
            Directory.Delete(_folder, recursive: true);
        }

        /// <summary>An empty folder, an address, and nothing of what the machine around is set to.</summary>
        private static Dictionary<string, string?> Settings(Uri url, string folder)
        {
            var settings = Environment.GetEnvironmentVariables().Keys.Cast<string>()
                .Where(name => name.StartsWith("Stoa__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("STOA_", StringComparison.Ordinal) || name.StartsWith("STRIPE_", StringComparison.Ordinal))
                .ToDictionary(name => name, _ => (string?)null);
            settings["ASPNETCORE_URLS"] = url.ToString();
            settings["Stoa__DataFolder"] = folder;
            settings["Stoa__StopWithParent"] = "true";
            return settings;
        }

        private static async Task<string> ReadLog(string log) => File.Exists(log) ? await File.ReadAllTextAsync(log) : "it wrote nothing";

        private static int FreePort()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        private static async Task<(int ExitCode, string Said)> DotNet(params string[] arguments)
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
    }
}
