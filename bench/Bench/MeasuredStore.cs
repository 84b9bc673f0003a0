using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stoa.Bench.Load;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Bench;

/// <summary>The shipped processes on a fresh data folder, with goods enough for a whole run.</summary>
internal sealed class MeasuredStore : IAsyncDisposable
{
    public const int Products = 1000;
    public const long Price = 1999;
    public const int AlwaysEnough = 1_000_000;

    private const int AtOnce = 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-bench-");
    private readonly Store _store;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private MeasuredStore(Repository repository, MeasuredServer? server)
    {
        // The one setting that a load generator changes: otherwise it would measure the limits per client.
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off");
        _store = Store.Open(new StoreOptions(new DataFolder(Path.Combine(_folder.FullName, "data")), Port: 0, Empty: true)
        {
            Postgres = server?.ConnectionString,
            IsTemporary = true,
        }, Topology.Processes, repository);
        Server = server;
    }

    /// <summary>Where its data is; null where it is in files.</summary>
    public MeasuredServer? Server { get; }

    public Uri Gateway => _store.UrlOf(Topology.Gateway);

    /// <summary>Staff, past the Gateway.</summary>
    public HttpClient Staff => _http;

    public IReadOnlyList<Supervised> Processes => _store.Processes;

    public static string Slug(int number) => $"thing-{number}";

    public static string Sku(int number) => $"THING-{number}";

    /// <summary>With a thousand products.</summary>
    public static Task<MeasuredStore> Start(MeasuredServer? server, CancellationToken stop) => Start(server, async measured =>
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Products), Bounded(stop), async (number, ct) => await Patiently(() => measured.Put(number, ct), ct));
        await Parallel.ForEachAsync(Enumerable.Range(0, Products), Bounded(stop), async (number, ct) => await measured.Receive(Sku(number), AlwaysEnough, ct));
    }, stop);

    /// <summary>With what somebody puts into it.</summary>
    public static async Task<MeasuredStore> Start(MeasuredServer? server, Func<MeasuredStore, Task> fill, CancellationToken stop)
    {
        var measured = new MeasuredStore(Repository.Find(), server);
        try
        {
            await measured._store.Start(stop);
            await measured.LogIn(stop);
            await fill(measured);
            return measured;
        }
        catch
        {
            await measured.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops every process, has something done to their data, and starts them again.</summary>
    public async Task Meanwhile(Func<Task> work, CancellationToken stop)
    {
        await _store.Stop();
        await work();
        await _store.Start(stop);
        await LogIn(stop);
    }

    /// <summary>What a service reaches its database by.</summary>
    public string DatabaseOf(string service) => _store[service].Plan.Environment["Stoa__Database"]!;

    public Uri UrlOf(string service) => _store.UrlOf(service);

    /// <summary>What each process tells at <c>/metrics</c>, in Prometheus' text format.</summary>
    public Task<string[]> Metrics() => Task.WhenAll(Processes.Select(process => _http.GetStringAsync(new Uri(process.Plan.Url, "/metrics"))));

    /// <summary>Sets a product's price, or makes it.</summary>
    public Task Put(int number, CancellationToken stop, long price = Price) => Put(Slug(number), Sku(number), number, price, stop);

    /// <summary>Makes one beside the thousand.</summary>
    public Task PutAlone(string slug, string sku, CancellationToken stop) => Put(slug, sku, 0, Price, stop);

    private async Task Put(string slug, string sku, int number, long price, CancellationToken stop)
    {
        var body = new
        {
            slug,
            name = $"Thing {number} of {Words[number % Words.Length]}",
            summary = "A thing to measure with.",
            description = string.Concat(Enumerable.Repeat($"It is made of {Words[number % Words.Length]} and {Words[number / 7 % Words.Length]}. ", 8)),
            category = new { slug = $"category-{number % 10}", name = $"Category {number % 10}" },
            variants = new[] { new { sku, name = $"Thing {number}", price = new { amount = price, currency = _store.Currency } } },
        };
        var url = new Uri(UrlOf("products"), "/api/products");
        using var there = await _http.GetAsync(new Uri(UrlOf("products"), $"/api/products/{slug}"), stop);
        using var answer = there.IsSuccessStatusCode
            ? await _http.PutAsJsonAsync(new Uri($"{url}/{(await there.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetString()}"), body, stop)
            : await _http.PostAsJsonAsync(url, body, stop);
        if (!answer.IsSuccessStatusCode) throw new UnexpectedReplyException($"{slug}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}");
    }

    /// <summary>Puts units on the shelf; waits until Inventory has heard of the SKU.</summary>
    public async Task Receive(string sku, int units, CancellationToken stop)
    {
        while (true)
        {
            using var answer = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(UrlOf("inventory"), $"/api/stock/{sku}/adjustments"))
            {
                Content = JsonContent.Create(new { delta = units, reason = "bench" }),
                Headers = { { "Idempotency-Key", $"bench-{sku}" } },
            }, stop);
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable))
            {
                answer.EnsureSuccessStatusCode();
                return;
            }

            await Task.Delay(50, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string[] Words { get; } = ["olive", "marble", "linen", "bronze", "cedar", "wool", "clay", "silver", "wax", "ivory", "reed", "flax"];

    private static ParallelOptions Bounded(CancellationToken stop) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };

    /// <summary>While a store is filled, nothing is measured: a call that a busy machine could not answer in time is made again.</summary>
    private static async Task Patiently(Func<Task> call, CancellationToken stop)
    {
        const int Tries = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (UnexpectedReplyException) when (attempt < Tries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
        }
    }

    private async Task LogIn(CancellationToken stop)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(UrlOf("users"), "/api/sessions"), new { _store.Staff.Email, _store.Staff.Password }, stop);
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
    }
}
