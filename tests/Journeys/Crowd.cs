using System.Diagnostics;
using System.Text.Json;
using Stoa.Audit;
using Stoa.Contracts;
using Stoa.Kit;
using Stoa.Launcher;

namespace Stoa.Journeys;

/// <summary>Guests who all want the same few things at once, and do what races: the last piece, lines in any order, the same
/// key twice, two payments of one order, a payment beside a cancel. What they were told goes into the audit's journal.</summary>
public sealed class Crowd(Api gateway, Journal journal)
{
    private const int Scarce = 2;
    private const int Plenty = 6;
    private const int PricePerPiece = 700;

    private static readonly string[] Skus = [.. Enumerable.Range(1, Scarce + Plenty).Select(number => $"THING-{number}")];

    private int _placed;
    private int _paid;
    private int _refused;
    private int _broken;

    public int Placed => _placed;

    public int Paid => _paid;

    /// <summary>Orders that wanted more than was left.</summary>
    public int Refused => _refused;

    /// <summary>Calls that a killed process took with it.</summary>
    public int Broken => _broken;

    /// <summary>A quarter of the things sells out, the others last.</summary>
    public async Task Stock(Staff staff)
    {
        var login = await gateway.Post("/api/sessions", new { staff.Email, staff.Password });
        var clerk = gateway.As(login.Json.GetProperty("accessToken").GetString());
        foreach (var (sku, number) in Skus.Select((sku, number) => (sku, number)))
        {
            await Eventually.Get(() => clerk.Post("/api/products", new { name = "Thing " + sku, variants = new[] { new { sku, price = Price(1) } } }),
                reply => reply.Status == 201 || reply.Code == "sku_taken", $"the product {sku}"); // a try whose answer came too late has made it
            await Eventually.Get(() => clerk.Post($"/api/stock/{sku}/adjustments", new { delta = number < Scarce ? 25 : 100_000, reason = "opening" }, key: "opening-" + sku),
                reply => reply.Status == 201, $"the stock of {sku}");
        }
    }

    public Task Shop(int shoppers, TimeSpan rush) => Task.WhenAll(Enumerable.Range(0, shoppers).Select(seed => Shop(new Random(seed), rush)));

    private async Task Shop(Random dice, TimeSpan rush)
    {
        var began = Stopwatch.StartNew();
        var session = await Eventually.Get(() => Try(() => gateway.Post("/api/sessions/guest")), reply => reply?.Status == 201, "a guest's session");
        var guest = gateway.As(session!.Json.GetProperty("accessToken").GetString());
        while (began.Elapsed < rush)
        {
            if (await Order(guest, dice) is { } order) await End(guest, order, dice);
        }
    }

    /// <summary>One to three lines, in any order, now and then sent twice at once with one key (I2).</summary>
    private async Task<Guid?> Order(Api guest, Random dice)
    {
        var skus = Enumerable.Range(0, 3).Select(_ => Skus[dice.Next(Skus.Length)]).Distinct().Take(dice.Next(1, 4)).ToArray();
        var body = new
        {
            items = skus.Select(sku => new { sku, quantity = 1 }).ToArray(),
            shownTotal = Price(skus.Length),
            email = "guest@example.com",
            shippingAddress = new { name = "G", line1 = "1 Agora", city = "Athens", postalCode = "10555", country = "GR" },
        };
        var key = Shopper.NewKey();
        var replies = await Task.WhenAll(Enumerable.Range(0, dice.Next(4) == 0 ? 2 : 1).Select(_ => Try(() => guest.Post("/api/orders", body, key))));
        foreach (var reply in replies)
        {
            if (reply?.Code == "out_of_stock") Interlocked.Increment(ref _refused);
            if (reply?.Status is not (201 or 202)) continue;
            Interlocked.Increment(ref _placed);
            lock (journal) journal.OrderAcknowledged(reply.Json.GetProperty("id").GetGuid(), Money(reply.Json.GetProperty("total")));
        }

        return replies.FirstOrDefault(reply => reply?.Status == 201)?.Json.GetProperty("id").GetGuid();
    }

    private Task End(Api guest, Guid order, Random dice) => dice.Next(8) switch
    {
        0 => Task.CompletedTask, // left to its pay-by time
        1 => Cancel(guest, order),
        2 => Task.WhenAll(Pay(guest, order), Cancel(guest, order)),
        3 or 4 => Task.WhenAll(Pay(guest, order), Pay(guest, order)),
        5 => DeclinedFirst(guest, order),
        _ => Pay(guest, order),
    };

    private async Task DeclinedFirst(Api guest, Guid order)
    {
        await Pay(guest, order, "pm_card_visa_chargeDeclined");
        await Pay(guest, order);
    }

    private async Task Pay(Api guest, Guid orderId, string method = "pm_card_visa")
    {
        var reply = await Try(() => guest.Post("/api/payments", new { orderId, method }, Shopper.NewKey()));
        if (reply?.Status != 201) return;
        Interlocked.Increment(ref _paid);
        lock (journal) journal.PaymentAcknowledged(orderId, reply.Json.GetProperty("id").GetGuid());
    }

    private async Task Cancel(Api guest, Guid orderId) => await Try(() => guest.Post($"/api/orders/{orderId}/cancel"));

    /// <summary>A process dies on the way: its callers may see the connection end, and nothing may come of that.</summary>
    private async Task<Reply?> Try(Func<Task<Reply>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            Interlocked.Increment(ref _broken);
            return null;
        }
    }

    private static object Price(int pieces) => new { amount = PricePerPiece * pieces, currency = "USD" };

    private static Money Money(JsonElement json) => new(json.GetProperty("amount").GetInt64(), json.GetProperty("currency").GetString()!);
}
