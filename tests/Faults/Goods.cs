using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>What is on sale during a run: plenty of some things, and little of one, so that it runs out.</summary>
public sealed class Goods
{
    private const int Plenty = 1_000_000;
    private const int Little = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Something on sale; the price in minor units.</summary>
    public sealed record Good(string Sku, int Price, int Stock);

    /// <summary>All of it. The first sells best; the last is scarce.</summary>
    public IReadOnlyList<Good> All { get; } =
        [.. Enumerable.Range(1, 8).Select(number => new Good($"FAULTS-{number}", 900 + (100 * number), Plenty)), new Good("FAULTS-SCARCE", 4900, Little)];

    /// <summary>Puts it on sale, as staff do, and waits until Orders sells it.</summary>
    public async Task PutOnSale(Store store, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = store.UrlOf(Topology.Gateway) };
        var login = await Until(HttpStatusCode.Created, () => http.PostAsJsonAsync("/api/sessions", new { store.Staff.Email, store.Staff.Password }, stop), stop);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.GetProperty("accessToken").GetString());

        await Until(HttpStatusCode.Created, () => http.PostAsJsonAsync("/api/products", new
        {
            name = "Faults",
            category = new { slug = "faults", name = "Faults" },
            variants = All.Select(good => new { good.Sku, name = good.Sku, price = Money(good.Price, store), options = new { which = good.Sku } }),
        }, stop), stop);
        foreach (var good in All) await Until(HttpStatusCode.Created, () => http.SendAsync(Receives(good), stop), stop);
        await Until(HttpStatusCode.OK, () => http.PostAsJsonAsync("/api/orders/quote", new
        {
            items = All.Select(good => new { good.Sku, quantity = 1 }),
            shippingAddress = new { country = "US" },
        }, stop), stop);
    }

    private static object Money(long amount, Store store) => new { amount, store.Currency };

    private static HttpRequestMessage Receives(Good good) => new(HttpMethod.Post, $"/api/stock/{good.Sku}/adjustments")
    {
        Content = JsonContent.Create(new { delta = good.Stock, reason = "opening stock" }),
        Headers = { { "Idempotency-Key", $"opening-{good.Sku}" } },
    };

    /// <summary>Services hear of one another's news by events: what is not there yet is asked again.</summary>
    private static async Task<JsonElement> Until(HttpStatusCode wanted, Func<Task<HttpResponseMessage>> call, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            using var answer = await call();
            var said = await answer.Content.ReadAsStringAsync(stop);
            if (answer.StatusCode == wanted) return JsonSerializer.Deserialize<JsonElement>(said);
            if (patience.IsCancellationRequested) throw new CannotGoOnException($"The goods could not be put on sale: {(int)answer.StatusCode} {said}");
            await Task.Delay(50, stop);
        }
    }
}
