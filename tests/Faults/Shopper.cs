using System.Text.Json;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>One person at a time who comes in, as a guest or with an account, and buys, or does not: what people do in
/// shops, and what they do when the page hangs. Each promise they are given goes into the journal.</summary>
public sealed class Shopper(int number, Door door, Goods goods, Journal journal, Tally tally, Random random, CancellationToken patience)
{
    private const string Card = "pm_card_visa";
    private const string Password = "an engine weaves algebra";
    private const int VisitsPerSession = 40;
    private static readonly TimeSpan BetweenGlances = TimeSpan.FromMilliseconds(250);

    private readonly bool _hasAccount = number % 3 == 0;
    private readonly string _email = $"shopper.{number}@example.com";
    private string? _token;
    private int _keys;

    /// <summary>Shops until the doors close.</summary>
    public async Task Shop(CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            if (!await SignIn()) continue;
            for (var visits = 0; visits < VisitsPerSession && !closed.IsCancellationRequested; visits++)
            {
                var begun = tally.Begin();
                tally.End(await Visit(begun));
            }
        }
    }

    private Task<string> Visit(TimeSpan begun) => random.Next(100) switch
    {
        < 60 => Buy(begun),
        < 67 => BuyFromTheCart(begun),
        < 75 => BuyAfterADecline(begun),
        < 81 => BuyWith3DSecure(begun),
        < 84 => AskThePageTwice(begun),
        < 90 => Cancel(),
        < 94 => CancelWhilePaying(begun),
        < 97 => BuyTheScarce(begun),
        _ => LeaveUnpaid(),
    };

    private async Task<string> Buy(TimeSpan begun) => await Place(SomeLines()) is { } order ? await Pay(order, Card, begun) : "not ordered";

    private async Task<string> BuyTheScarce(TimeSpan begun) =>
        await Place([new(goods.All[^1], random.Next(1, 4))]) is { } order ? await Pay(order, Card, begun) : "out of stock";

    private async Task<string> BuyFromTheCart(TimeSpan begun)
    {
        var line = SomeLines()[0];
        var cart = await Ask("POST /api/cart/items", HttpMethod.Post, "/api/cart/items", new { line.Good.Sku, line.Quantity }, [200, 422], key: null);
        return await Place([line], cart.Status == 200 ? cart.Id : null) is { } order ? await Pay(order, Card, begun) : "not ordered";
    }

    private async Task<string> BuyAfterADecline(TimeSpan begun)
    {
        if (await Place(SomeLines()) is not { } order) return "not ordered";
        var declined = await TryToPay(order, "pm_card_visa_chargeDeclined");
        return declined.Status == 402 ? await Pay(order, Card, begun) : await Outcome(order, declined, begun);
    }

    /// <summary>The bank asks: yes, no, or the shopper never comes back to it.</summary>
    private async Task<string> BuyWith3DSecure(TimeSpan begun)
    {
        if (await Place(SomeLines()) is not { } order) return "not ordered";
        var asked = await TryToPay(order, "pm_card_authenticationRequired");
        if (asked.State != "requires_action") return await Outcome(order, asked, begun);

        var decision = random.Next(4);
        if (decision == 0) return "left at the bank";
        var page = new Uri(asked.Text("nextActionUrl")).PathAndQuery;
        await AskForm("POST /sandbox/3ds", page, decision == 1 ? "no" : "yes");
        return decision == 1 ? await Pay(order, Card, begun) : await UntilPaid(order, begun);
    }

    /// <summary>The page hangs, so the shopper sends it again from a second window, with the same key each.</summary>
    private async Task<string> AskThePageTwice(TimeSpan begun)
    {
        var (lines, key) = (SomeLines(), NextKey());
        var both = await Task.WhenAll(Place(lines, key: key), Place(lines, key: key));
        if (both[0] is not { } order) return "not ordered";
        if (both[1] is { } twin && twin != order) tally.Surprise($"one Idempotency-Key made two orders: {order} and {twin}");

        var payment = NextKey();
        var answers = await Task.WhenAll(TryToPay(order, Card, payment), TryToPay(order, Card, payment));
        return await Outcome(order, answers[0], begun);
    }

    private async Task<string> Cancel()
    {
        if (await Place(SomeLines()) is not { } order) return "not ordered";
        return await TryToCancel(order) is { Status: 200 } ? "cancelled" : "not cancelled";
    }

    /// <summary>One window pays, the other cancels: one of them wins (P8).</summary>
    private async Task<string> CancelWhilePaying(TimeSpan begun)
    {
        if (await Place(SomeLines()) is not { } order) return "not ordered";
        var paying = TryToPay(order, Card, mayBeClosed: true);
        var cancelled = await TryToCancel(order);
        var paid = await paying;
        if (cancelled.Status == 200 && paid.Status == 201) tally.Surprise($"order {order} was paid and cancelled");
        return cancelled.Status == 200 ? "cancelled" : await Outcome(order, paid, begun);
    }

    private async Task<string> LeaveUnpaid() => await Place(SomeLines()) is null ? "not ordered" : "left unpaid";

    /// <summary>Guests come without a word; an account is made the first time, whoever answered that before.</summary>
    private async Task<bool> SignIn()
    {
        _token = null;
        if (_hasAccount) await Ask("POST /api/users", HttpMethod.Post, "/api/users", new { name = "Ada", email = _email, password = Password }, [201, 409], key: null);
        var session = _hasAccount
            ? await Ask("POST /api/sessions", HttpMethod.Post, "/api/sessions", new { email = _email, password = Password }, [201], key: null)
            : await Ask("POST /api/sessions/guest", HttpMethod.Post, "/api/sessions/guest", null, [201], key: null);
        _token = session.Status == 201 ? session.Text("accessToken") : null;
        return _token is not null;
    }

    /// <returns>The order's id, once it awaits its payment; null if there is none to pay.</returns>
    private async Task<string?> Place(IReadOnlyList<Line> lines, string? cartId = null, string? key = null)
    {
        var placed = await Ask("POST /api/orders", HttpMethod.Post, "/api/orders", new
        {
            items = lines.Select(line => new { line.Good.Sku, line.Quantity }),
            shownTotal = new { amount = lines.Sum(line => line.Good.Price * line.Quantity), currency = "USD" },
            cartId,
            email = _email,
            shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "Athens", postalCode = "10555", country = "GR" },
        }, [201, 202, 409], key ?? NextKey(), "out_of_stock");
        if (placed.Status is not (201 or 202)) return null;

        await journal.Keep(new { kind = "order", orderId = placed.Id, total = placed.Json.GetProperty("total") });
        var status = placed.Status == 202 ? await UntilConfirmed(placed.Id) : placed.State;
        return status == "awaiting_payment" ? placed.Id : null;
    }

    private async Task<string> Pay(string order, string method, TimeSpan begun) => await Outcome(order, await TryToPay(order, method), begun);

    private Task<Answer> TryToPay(string order, string method, string? key = null, bool mayBeClosed = false) =>
        Ask("POST /api/payments", HttpMethod.Post, "/api/payments", new { orderId = order, method }, [201, 202, 402, 409], key ?? NextKey(),
            mayBeClosed ? ["payment_declined", "order_already_paid", "payment_in_flight", "order_closed"] : ["payment_declined", "order_already_paid", "payment_in_flight"]);

    private async Task<string> Outcome(string order, Answer payment, TimeSpan begun)
    {
        switch (payment)
        {
            case { Status: 201 }:
                await Keep(order, payment.Id, begun);
                return "bought";
            case { Status: 202, State: "requires_action" }:
                return "left at the bank";
            case { Status: 202 } or { Status: 409, Code: "payment_in_flight" or "order_already_paid" }:
                return await UntilPaid(order, begun);
            case { Status: 0 }:
                return "gave up";
            default:
                return "not paid";
        }
    }

    private async Task Keep(string order, string payment, TimeSpan begun)
    {
        await journal.Keep(new { kind = "payment", orderId = order, paymentId = payment });
        tally.Bought(begun);
    }

    /// <summary>Looks at the order's payments, as the shop's page does: a look makes Payments ask the bank again.</summary>
    private async Task<string> UntilPaid(string order, TimeSpan begun)
    {
        while (!patience.IsCancellationRequested)
        {
            var payments = await Ask("GET /api/payments", HttpMethod.Get, $"/api/payments?orderId={order}", null, [200], key: null);
            var states = payments.Items().Select(one => (Id: one.Text("id"), State: one.Text("status"))).ToList();
            if (states.Find(one => one.State == "succeeded") is { Id: { } paid })
            {
                await Keep(order, paid, begun);
                return "bought";
            }
            if (payments.Status == 200 && states.TrueForAll(one => one.State is "declined" or "cancelled")) return "not paid";
            await Glance();
        }
        return "gave up";
    }

    private Task<Answer> TryToCancel(string order) =>
        Ask("POST /api/orders/{id}/cancel", HttpMethod.Post, $"/api/orders/{order}/cancel", null, [200, 202, 409], null, "order_already_paid", "payment_in_flight");

    /// <summary>An order that was taken while Inventory was away: it is confirmed later, or turned down.</summary>
    private async Task<string> UntilConfirmed(string order)
    {
        while (!patience.IsCancellationRequested)
        {
            var now = await Ask("GET /api/orders/{id}", HttpMethod.Get, $"/api/orders/{order}", null, [200], key: null);
            if (now.Status == 200 && now.State != "placed") return now.State;
            await Glance();
        }
        return "";
    }

    private async Task Glance() => await Task.Delay(BetweenGlances, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task<Answer> AskForm(string call, string path, string decision) =>
        door.Ask(call, HttpMethod.Post, path, () => new FormUrlEncodedContent([new("decision", decision)]), null, null, patience);

    /// <summary>Every answer is one that the documents promise: others are surprises, and end the run badly.</summary>
    private async Task<Answer> Ask(string call, HttpMethod method, string path, object? body, int[] promised, string? key, params string[] refusals)
    {
        var answer = await door.Ask(call, method, path, body is null ? null : () => Json(body), _token, key, patience);
        var refused = answer.Status >= 400 && refusals.Length > 0 && !refusals.Contains(answer.Code);
        if (answer.Status != 0 && (!promised.Contains(answer.Status) || refused)) tally.Surprise($"{call} was answered {answer.Status} {answer.Json}");
        return answer;
    }

    private static HttpContent Json(object body) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)) { Headers = { ContentType = new("application/json") } };

    private IReadOnlyList<Line> SomeLines() =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Line(goods.All[Math.Min(random.Next(goods.All.Count - 1), random.Next(goods.All.Count - 1))], random.Next(1, 3)))];

    private string NextKey() => $"shopper-{number}-{++_keys}";

    private sealed record Line(Goods.Good Good, int Quantity);
}
