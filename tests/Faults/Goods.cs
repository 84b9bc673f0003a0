using System.Net;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>What is on sale during a run: plenty of some things, and little of one, so that it runs out.</summary>
public sealed class Goods
{
    private const int Plenty = 1_000_000;
    private const int Little = 200;

    /// <summary>Something on sale; the price in minor units.</summary>
    public sealed record Good(string Sku, int Price, int Stock);

    /// <summary>All of it. The first sells best; the last is scarce.</summary>
    public IReadOnlyList<Good> All { get; } =
        [.. Enumerable.Range(1, 8).Select(number => new Good($"FAULTS-{number}", 900 + (100 * number), Plenty)), new Good("FAULTS-SCARCE", 4900, Little)];

    /// <summary>Puts it on sale, and waits until Orders sells it.</summary>
    public async Task PutOnSale(Desk desk, string currency, CancellationToken stop)
    {
        await desk.Post("/api/products", new
        {
            name = "Faults",
            category = new { slug = "faults", name = "Faults" },
            variants = All.Select(good => new { good.Sku, name = good.Sku, price = new { amount = good.Price, currency }, options = new { which = good.Sku } }),
        }, HttpStatusCode.Created, stop, done: "sku_taken");
        foreach (var good in All)
            await desk.Post($"/api/stock/{good.Sku}/adjustments", new { delta = good.Stock, reason = "opening stock" }, HttpStatusCode.Created, stop, $"opening-{good.Sku}");
        await desk.Post("/api/orders/quote", new
        {
            items = All.Select(good => new { good.Sku, quantity = 1 }),
            shippingAddress = new { country = "US" },
        }, HttpStatusCode.OK, stop);
    }
}
