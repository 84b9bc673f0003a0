using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>Something that everybody wants at once, and of which there is little. Its buyers are guests who ask again with
/// the same key for as long as they do not know what became of their order or their payment.</summary>
public sealed class Sale(Api gateway, Api staff, string sku)
{
    private const int AtOnce = 100;
    private static readonly object Price = new { amount = 2500, currency = "USD" };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private int _answered;

    /// <summary>What became of one buyer.</summary>
    /// <param name="Order">The final answer to the order.</param>
    /// <param name="Payment">The final answer to its payment; null where there was nothing to pay.</param>
    public sealed record Buyer(Reply Order, Reply? Payment);

    /// <summary>How many buyers know by now whether they have an order.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Puts so many on sale, and waits until Orders sells them.</summary>
    public async Task Open(int units)
    {
        var product = await Persist(() => staff.Post("/api/products", new
        {
            name = sku,
            category = new { slug = "sale", name = "Sale" },
            variants = new[] { new { sku, name = sku, price = Price } },
        }));
        Assert.True(product.Status is 201 or 409, $"{product}");   // 409: the first try, whose answer was lost
        await Eventually.Is(async () => (await staff.Post($"/api/stock/{sku}/adjustments", new { delta = units, reason = "sale" }, $"sale-{sku}")).Status == 201, "the stock");
        await Eventually.Is(async () => (await staff.Post("/api/orders/quote", new { items = new[] { new { sku, quantity = 1 } }, shippingAddress = new { country = "US" } })).Status == 200, "a price");
    }

    /// <summary>So many buyers want one each; whoever gets one pays.</summary>
    public async Task<IReadOnlyList<Buyer>> Rush(int buyers)
    {
        var rush = new Buyer[buyers];
        await Parallel.ForEachAsync(Enumerable.Range(0, buyers), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => rush[number] = await Buy([1]));
        return rush;
    }

    /// <summary>One buyer, one order with a line for each quantity, and its payment.</summary>
    public async Task<Buyer> Buy(params int[] quantities)
    {
        var session = await Persist(() => gateway.Post("/api/sessions/guest"));
        var guest = gateway.As(session.Json.GetProperty("accessToken").GetString());
        var key = Shopper.NewKey();
        var order = await Persist(() => guest.Post("/api/orders", new
        {
            items = quantities.Select(quantity => new { sku, quantity }),
            shownTotal = new { amount = 2500 * quantities.Sum(), currency = "USD" },
            email = "buyer@example.com",
            shippingAddress = new { name = "B", line1 = "1 Agora", city = "Athens", postalCode = "10555", country = "GR" },
        }, key));
        if (order.Status == 202) order = await Confirmed(guest, Shopper.Id(order));
        Interlocked.Increment(ref _answered);
        if (order.Status == 409 || Shopper.Status(order) == "rejected") return new Buyer(order, null);

        var payKey = Shopper.NewKey();
        // 202 and request_in_progress: the first try is still under way; its key answers with its end.
        return new Buyer(order, await Persist(
            () => guest.Post("/api/payments", new { orderId = Shopper.Id(order), method = "pm_card_visa" }, payKey),
            isKnown: reply => reply.Status != 202 && IsKnown(reply)));
    }

    /// <summary>What is left of it: on hand, reserved.</summary>
    public async Task<(long OnHand, long Reserved)> Left()
    {
        var stock = (await Persist(() => staff.Get($"/api/stock/{sku}"))).Json;
        return (stock.GetProperty("onHand").GetInt64(), stock.GetProperty("reserved").GetInt64());
    }

    /// <summary>How many were sold, by the movements of its stock.</summary>
    public async Task<long> Sold()
    {
        var (sold, cursor) = (0L, "");
        do
        {
            var page = (await Persist(() => staff.Get($"/api/stock/{sku}/movements?limit=100{cursor}"))).Json;
            sold -= page.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "sale").Sum(one => one.GetProperty("quantity").GetInt64());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        return sold;
    }

    private static Task<Reply> Confirmed(Api guest, string order) =>
        Persist(() => guest.Get($"/api/orders/{order}"), isKnown: reply => reply.Status == 200 && Shopper.Status(reply) != "placed");

    private static bool IsKnown(Reply reply) => reply.Status < 500 && reply.Code != "request_in_progress";

    /// <summary>Asks until the outcome is known: a lost connection, a 5xx and a request that still runs are none.</summary>
    private static async Task<Reply> Persist(Func<Task<Reply>> call, Func<Reply, bool>? isKnown = null)
    {
        isKnown ??= IsKnown;
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                var reply = await call();
                if (isKnown(reply)) return reply;
                if (patience.IsCancellationRequested) throw new TimeoutException($"the outcome stayed unknown; last: {reply}");
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException && !patience.IsCancellationRequested)
            {
                // The outcome is unknown: asked again, with the same key.
            }
            await Task.Delay(Glance);
        }
    }
}
