using System.Net.Http.Json;
using System.Text.Json;
using Stoa.Bench.Scenarios;
using Stoa.Launcher;

namespace Stoa.Bench.Growth;

/// <summary>A running store with so many products and so many past orders.</summary>
internal static class GrownStore
{
    public static async Task<(MeasuredStore Store, Buyer Buyer)> Start(MeasuredServer? server, long count, CancellationToken stop)
    {
        Buyer? buyer = null;
        var store = await MeasuredStore.Start(server, async fresh =>
        {
            buyer = await Template(fresh, stop);
            await fresh.Meanwhile(async () =>
            {
                var grow = new Grow(fresh.DatabaseOf, count);
                await grow.Products();
                await grow.Orders();
                await grow.Heads(Topology.Processes.Where(process => process.OwnsData).Select(process => process.Name));
            }, stop);
        }, stop);
        await buyer!.Renew();
        return (store, buyer);
    }

    /// <summary>One product, bought once, with everything that follows written.</summary>
    /// <returns>Who bought it.</returns>
    private static async Task<Buyer> Template(MeasuredStore store, CancellationToken stop)
    {
        using var made = await store.Staff.PostAsJsonAsync(new Uri(store.UrlOf("products"), "/api/products"), new
        {
            slug = Grow.Slug,
            name = "Thing nametemplate of olive",
            summary = "A thing to measure with.",
            description = "Of the kin kintemplate. " + string.Concat(Enumerable.Repeat("It is made of olive and marble. ", 8)),
            category = new { slug = "category-template", name = "Category template" },
            variants = new[] { new { sku = Grow.Sku, name = "Thing nametemplate", price = new { amount = Grow.Price, currency = "USD" } } },
        }, stop);
        made.EnsureSuccessStatusCode();
        await store.Receive(Grow.Sku, MeasuredStore.AlwaysEnough, stop);
        await Until(store, "products", "/api/products/" + Grow.Slug, product => product.GetProperty("inStock").GetBoolean(), stop);

        var buyer = new Buyer(store, number: 0);
        await buyer.BecomeGuest();
        await buyer.AddToCart(Grow.Sku);
        var order = JsonDocument.Parse((await buyer.TryOrder([Grow.Sku], cartId: null, Grow.Price)).Expect(201, "order").Body).RootElement.GetProperty("id").GetString()!;
        await buyer.TryPay(order); // at once or, on a busy machine, later
        await buyer.UntilPaid(order);
        await Until(store, "inventory", "/api/stock/" + Grow.Sku, stock => stock.GetProperty("onHand").GetInt64() == MeasuredStore.AlwaysEnough - 1, stop);
        return buyer;
    }

    private static async Task Until(MeasuredStore store, string service, string path, Func<JsonElement, bool> holds, CancellationToken stop)
    {
        while (!holds(await store.Staff.GetFromJsonAsync<JsonElement>(new Uri(store.UrlOf(service), path), stop))) await Task.Delay(50, stop);
    }
}
