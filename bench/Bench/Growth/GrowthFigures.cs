using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Stoa.Bench.Load;
using Stoa.Bench.Report;
using Stoa.Bench.Scenarios;

namespace Stoa.Bench.Growth;

/// <summary>The calls that are measured on a store of some size. They go to the service itself: the Gateway's cache would hold
/// all answers of a small store and few of a large one.</summary>
internal sealed class GrowthFigures(MeasuredStore store, Buyer buyer, long count, BenchOptions options)
{
    /// <summary>The note of a figure whose growth is what it is documented to be.</summary>
    public const string Apart = "apart";

    private const int PageInTheDeep = 500;
    private const int ChangesASecond = 5;
    private static readonly TimeSpan ChangesLast = TimeSpan.FromSeconds(70); // the logs are compacted once a minute

    private static readonly string[] Grown = ["products", "inventory", "carts", "orders"];

    private readonly Random _chance = new(20261122);

    /// <summary>Each with whether it is to be the same in any size.</summary>
    public async IAsyncEnumerable<(Figure Figure, bool Compared)> All([EnumeratorCancellation] CancellationToken stop)
    {
        yield return (await Reads("a product by its slug", "products", Any(number => $"/api/products/thing-{number}")), true);
        foreach (var (order, words) in new[] { ("newest", "the newest"), ("price", "the cheapest"), ("name", "the first by name") })
        {
            yield return (await Reads($"20 products, {words}", "products", Same($"/api/products?limit=20&sort={order}")), true);
            yield return (await Reads($"page {PageInTheDeep} of 2, {words} first", "products", Same(await Deep($"/api/products?limit=2&sort={order}", stop))), true);
        }

        yield return (await Reads("20 products of a category", "products", Any(number => $"/api/products?limit=20&category=category-{number % Grow.Categories}")), true);
        yield return (await Reads($"a search that finds {Grow.Kin}", "products", Any(number => $"/api/products?search={Grow.KinOf(number)}")), true);
        yield return (await Reads($"a search of two words, one of them in every product, that finds {Grow.Kin}", "products", Any(number => $"/api/products?search=olive+{Grow.KinOf(number)}")), false);
        yield return (await Reads("a search for a word that is in every product", "products", Same("/api/products?search=olive")), false);
        yield return (await Drive1("an order placed and reserved", () => new Orderer(buyer, _chance, count)), true);
        yield return (await Reads("my orders, 20", "orders", Mine("/api/orders")), true);
        yield return (await Reads("one of my orders", "orders", Mine(await OneOfMine())), true);
        yield return (await Changes(), true);
    }

    /// <summary>What the databases take on the disk, as they were made.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Bytes(MeasuredStore store)
    {
        var bytes = new Dictionary<string, long>();
        foreach (var service in Grown)
        {
            var database = store.DatabaseOf(service);
            bytes[service] = store.Server is null ? Directory.GetFiles(Path.GetDirectoryName(database.Split('=')[1])!, service + ".db*").Sum(file => new FileInfo(file).Length) : await OnServer(database);
        }

        return bytes;
    }

    private static async Task<long> OnServer(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var ask = source.CreateCommand("SELECT pg_database_size(current_database())");
        return (long)(await ask.ExecuteScalarAsync())!;
    }

    private Task<Figure> Reads(string what, string service, Func<byte[]> request) => Drive1(what, () => new Reader(store.UrlOf(service), request));

    private async Task<Figure> Drive1(string what, Func<IShopper> one)
    {
        Terminal.Say(what);
        return Figure.Plain(what, what, await Drive.Closed(1, options.WarmUp, options.Lasts, _ => one()));
    }

    private Func<byte[]> Any(Func<long, string> path) => () => HttpLine.Request("GET", path(_chance.NextInt64(count)));

    private static Func<byte[]> Same(string path)
    {
        var request = HttpLine.Request("GET", path);
        return () => request;
    }

    private Func<byte[]> Mine(string path)
    {
        var request = buyer.Get(path);
        return () => request;
    }

    /// <summary>Walks there by the cursors, as a reader must.</summary>
    private async Task<string> Deep(string path, CancellationToken stop)
    {
        using var line = new HttpLine(store.UrlOf("products"));
        var here = path;
        for (var page = 1; page < PageInTheDeep; page++)
        {
            stop.ThrowIfCancellationRequested();
            var cursor = Root(await line.Send(HttpLine.Request("GET", here))).GetProperty("nextCursor").GetString() ?? throw new UnexpectedReplyException($"{path} has no page {page + 1}");
            here = $"{path}&cursor={Uri.EscapeDataString(cursor)}";
        }

        return here;
    }

    private async Task<string> OneOfMine()
    {
        using var line = new HttpLine(store.UrlOf("orders"));
        return "/api/orders/" + Root(await line.Send(buyer.Get("/api/orders"))).GetProperty("items")[7].GetProperty("id").GetString();
    }

    private static JsonElement Root(Reply reply) => JsonDocument.Parse(reply.Expect(200, "read").Body).RootElement;

    /// <summary>For longer than the logs are left alone, and from the intended start: while one is compacted, its service's other
    /// writes wait.</summary>
    private async Task<Figure> Changes()
    {
        const string What = "a price changed, for over a minute, in which the logs are compacted";
        Terminal.Say(What);
        var outcome = await Drive.Open(ChangesASecond, 1, TimeSpan.Zero, ChangesLast, _ => new Changer(store));
        return Figure.Plain(What, What, outcome, string.Create(CultureInfo.InvariantCulture, $"{outcome.Latencies.Percentile(1):0} ms at most"));
    }

    private sealed class Reader(Uri service, Func<byte[]> request) : IShopper
    {
        private readonly HttpLine _line = new(service);

        public async ValueTask Act() => (await _line.Send(request())).Expect(200, "read");

        public void Dispose() => _line.Dispose();
    }

    private sealed class Changer(MeasuredStore store) : IShopper
    {
        private int _changes;

        public async ValueTask Act() => await store.Put(_changes % 7, CancellationToken.None, MeasuredStore.Price + _changes++);

        public void Dispose()
        {
            // the staff are the store's
        }
    }

    /// <summary>Its buyer goes on ordering afterwards.</summary>
    private sealed class Orderer(Buyer buyer, Random chance, long count) : IShopper
    {
        public async ValueTask Act()
        {
            var number = chance.NextInt64(count);
            (await buyer.TryOrder([MeasuredStore.Sku((int)number)], cartId: null, Grow.PriceOf(number))).Expect(201, "order");
        }

        public void Dispose()
        {
            // the buyer is the store's
        }
    }
}
