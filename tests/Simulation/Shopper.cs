using Stoa.Audit;
using Stoa.Contracts;

namespace Stoa.Simulation;

/// <summary>Somebody who buys, in one of many ways, and remembers what the store told.</summary>
internal sealed class Shopper(int number, Town town, Timeline timeline, Chance chance, Coverage coverage, Journal journal)
{
    private const string ProvidersPage = "checkout";

    private static readonly (string Sku, long Price)[] Goods = [("BOWL", 1000), ("LAMP", 4500), ("STOOL", 12900)];

    private static readonly string[] FirstMethods =
    [
        "pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_pendingRefund", "pm_card_refundFail", "pm_card_visa_chargeDeclined", "pm_card_visa_chargeDeclined", "pm_card_visa_chargeDeclined",
        "pm_card_authenticationRequired", "pm_card_authenticationRequired", ProvidersPage, ProvidersPage, "pm_usBankAccount_success", "pm_usBankAccount_insufficientFunds",
    ];

    /// <summary>Whose card was declined is asked by the bank more often than not.</summary>
    private static readonly string[] SecondMethods = ["pm_card_visa", "pm_card_visa_chargeDeclined", "pm_card_authenticationRequired", "pm_card_authenticationRequired", "pm_card_authenticationRequired", ProvidersPage, "pm_usBankAccount_success"];

    private readonly Client _client = new(town, timeline, chance, coverage);
    private readonly string _email = $"shopper{number}@example.com";
    private readonly Dictionary<string, Guid> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, bool> _ended = [];
    private (string Sku, long Price, int Quantity)[] _wants = [];
    private string _orderKey = "";
    private object? _order;
    private bool _isGuest;
    private bool _cartIsKnown;
    private string? _leftOpen;

    /// <summary>What the store told this shopper and then told otherwise.</summary>
    public List<Offender> Wrongs { get; } = [];

    public Guid? OrderId { get; private set; }

    public Guid? PaymentId { get; private set; }

    /// <summary>Buys.</summary>
    public async Task Live()
    {
        await _client.Wait(0, 22);
        _isGuest = chance.Happens(0.6);
        if (!(_isGuest ? await _client.BeGuest() : await _client.LogIn(_email, null))) return;
        if (!await FillCart()) return;
        var login = _isGuest ? chance.Of("never", "never", "before the order", "after the order", "after the payment") : "never";
        if (login == "before the order") await LogIn(login);
        if (!await PlaceOrder()) return;
        if (login == "after the order") await LogIn(login);
        await _client.Wait(0, 4);
        switch (chance.Number(10))
        {
            case 0: await Cancel(); break;
            case 1: await Task.WhenAll(Cancel(), Pay()); break;
            case 2: break; // walks away, and the order ends at its pay-by time
            default: await Pay(); break;
        }

        if (login == "after the payment") await LogIn(login);
    }

    /// <summary>Looks again when all is quiet: the order is theirs and what they were told, and the cart holds what is right.</summary>
    public async Task LookBack()
    {
        if (OrderId is not { } id) return;
        var order = await _client.Persist("GET", $"/api/orders/{id}", null);
        if (order is not { Status: 200 }) Wrongs.Add(new Offender($"order {id}", $"its own shopper is told {order?.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}"));
        else await CheckCart(order.Text("status") is "paid" or "shipped" or "delivered" or "refunding" or "refunded");
        foreach (var (payment, succeeded) in _ended.ToList()) await LookAt(payment, succeeded);
    }

    private async Task<bool> FillCart()
    {
        var first = chance.Number(Goods.Length);
        _wants = [.. Enumerable.Range(0, 1 + chance.Number(2)).Select(one => Goods[(first + one) % Goods.Length]).Select(one => (one.Sku, one.Price, 1 + chance.Number(3)))];
        foreach (var (sku, _, quantity) in _wants)
            if (await _client.Persist("PUT", $"/api/cart/items/{sku}", new { quantity }) is not { Status: 200 }) return false;
        return _cartIsKnown = true;
    }

    private async Task LogIn(string when)
    {
        var guest = _client.AccessToken;
        if (!await _client.LogIn(_email, guest))
        {
            _cartIsKnown = false;
            return;
        }

        _isGuest = false;
        coverage.Reach("shopper: logs in " + when);
        if (await _client.Persist("POST", "/api/cart/merge", new { guestToken = guest }) is { Status: 200 }) coverage.Reach("shopper: merges the cart");
        else _cartIsKnown = false;
        if (chance.Happens(0.3)) await _client.Persist("POST", "/api/cart/merge", new { guestToken = guest });
        if (_order is not null && chance.Happens(0.7)) await Send(_orderKey, _order); // the key is theirs still (I4)
    }

    private async Task<bool> PlaceOrder()
    {
        var items = _wants.Select(one => new { sku = one.Sku, quantity = one.Quantity }).ToList();
        if (chance.Happens(0.2) && items[0].quantity > 1) // lines of one SKU are summed
            items = [new { items[0].sku, quantity = 1 }, .. items.Skip(1), new { items[0].sku, quantity = items[0].quantity - 1 }];
        _order = new
        {
            items,
            shownTotal = new Money(_wants.Sum(one => one.Price * one.Quantity), "USD"),
            cartId = _client.UserId,
            email = _email,
            shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
        };
        _orderKey = $"order-{number}";
        var twice = chance.Happens(0.15) ? Send(_orderKey, _order) : Task.FromResult<Reply?>(null);
        var placed = await Send(_orderKey, _order);
        await twice;
        if (chance.Happens(0.25)) await Send(_orderKey, _order);
        for (var look = 0; placed is { Status: 202 } && look < 30; look++)
        {
            if (chance.Happens(0.3))
            {
                coverage.Reach("shopper: cancels while the order is placed");
                await Cancel();
                return false;
            }

            if (chance.Happens(0.2))
            {
                coverage.Reach("shopper: leaves while the order is placed"); // then nobody but the runner goes on with it
                return false;
            }

            await _client.Wait(0.3, 2);
            placed = await _client.Persist("GET", $"/api/orders/{OrderId}", null);
            if (placed?.Text("status") == "placed") placed = placed with { Status = 202 };
        }

        return OrderId is not null && placed is { Ok: true } && placed.Text("status") == "awaiting_payment";
    }

    private async Task<Reply?> Send(string key, object order)
    {
        if (_made.ContainsKey(key)) coverage.Reach("shopper: sends the same key again");
        var reply = await _client.Persist("POST", "/api/orders", order, key);
        var id = reply is { Status: 201 or 202 } ? reply.Id : reply?.Text("code") == "out_of_stock" ? Guid.Parse(reply.Text("orderId")) : (Guid?)null;
        if (id is not { } made) return reply;
        if (_made.TryGetValue(key, out var before) && before != made) Wrongs.Add(new Offender("shopper", $"the key {key} made order {before} and then {made}"));
        _made[key] = made;
        OrderId = made;
        if (reply!.Ok) journal.OrderAcknowledged(made, new Money(reply.Json.GetProperty("total").GetProperty("amount").GetInt64(), "USD"));
        return reply;
    }

    private async Task Cancel()
    {
        coverage.Reach("shopper: cancels");
        await _client.Persist("POST", $"/api/orders/{OrderId}/cancel", null);
    }

    private async Task Pay()
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            if (attempt > 1) coverage.Reach("shopper: takes another key");
            var method = attempt == 3 ? "pm_card_visa" : chance.Of(attempt == 1 ? FirstMethods : SecondMethods);
            if (await PayWith(method, $"pay-{number}-{attempt}")) break;
        }

        if (_leftOpen is null) return;
        coverage.Reach("shopper: comes back to the bank's page");
        await Say("yes", _leftOpen); // whatever was paid meanwhile: the old page must be of no use then (P8, P9)
    }

    /// <returns>Whether there is nothing more to pay.</returns>
    private async Task<bool> PayWith(string method, string key)
    {
        var other = chance.Happens(0.1) ? SendPayment("pm_card_visa", key + "-beside") : Task.FromResult<Reply?>(null);
        var reply = await SendPayment(method, key);
        await other;
        if (reply is null) return false;
        if (chance.Happens(0.15)) await SendPayment(method, key);
        if (reply.Status == 202 && method.Contains("usBank", StringComparison.Ordinal)) coverage.Reach("shopper: pays by debit");
        if (reply is { Status: 202 } && reply.Text("nextActionUrl") is { Length: > 0 } page)
        {
            if (!await (method == ProvidersPage ? PayOnPage(new Uri(page).PathAndQuery, reply.Id) : SayAtTheBank(page, reply.Id))) return false;
            await WaitFor(reply.Id);
            return true;
        }

        if (reply.Status == 202) await WaitFor(reply.Id);
        return reply.Status is 201 or 202 || reply.Text("code") is "order_already_paid" or "order_closed";
    }

    /// <summary>Cards, one after the other, on the provider's own page; or away from it.</summary>
    private async Task<bool> PayOnPage(string page, Guid payment)
    {
        if (chance.Happens(0.2))
        {
            coverage.Reach("shopper: turns back on the provider's page");
            return chance.Happens(0.5);
        }

        for (var attempt = 0; attempt < 6; attempt++)
        {
            await _client.Wait(0.2, 4);
            var card = chance.Of("pm_card_visa", "pm_card_visa", "pm_card_visa_chargeDeclined", "pm_card_authenticationRequired");
            using var form = new FormUrlEncodedContent([new("method", card)]);
            if (await _client.Once("POST", page, form) is not { Status: 303 } went) continue;
            coverage.Reach($"shopper: chooses {card} on the provider's page");
            if (went.Location.Contains("/3ds/", StringComparison.Ordinal)) return await SayAtTheBank(went.Location, payment);
            if (new Uri(went.Location).PathAndQuery != page) return true;
        }

        return false;
    }

    private async Task<bool> SayAtTheBank(string page, Guid payment)
    {
        var decision = chance.Of("yes", "yes", "no", "");
        if (decision.Length == 0)
        {
            coverage.Reach("shopper: abandons the bank's page");
            if (chance.Happens(0.5)) _leftOpen = page;
            return chance.Happens(0.5);
        }

        coverage.Reach($"shopper: says {decision} at the bank");
        await Say(decision, page, payment);
        return decision == "yes";
    }

    private async Task Say(string decision, string page, Guid? payment = null)
    {
        await _client.Wait(0.2, 5);
        if (payment is { } open) await LookAt(open, null); // the shop's page beside the bank's
        var path = new Uri(page).PathAndQuery;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var form = new FormUrlEncodedContent([new("decision", decision)]);
            if (await _client.Once("POST", path, form) is { Status: < 500 }) break;
            await _client.Wait(0.2, 2);
        }
    }

    private async Task<Reply?> SendPayment(string method, string key)
    {
        var reply = await _client.Persist("POST", "/api/payments", new { orderId = OrderId, method }, key);
        if (reply is { Status: 402 }) Ended(Guid.Parse(reply.Text("paymentId")), succeeded: false);
        if (reply is not { Status: 201 }) return reply;
        Ended(reply.Id, succeeded: true);
        journal.PaymentAcknowledged(OrderId!.Value, reply.Id);
        return reply;
    }

    /// <summary>Stays on the page that says how the payment went, until it does, or for a while.</summary>
    private async Task WaitFor(Guid payment)
    {
        for (var look = chance.Number(6); look > 0 && !_ended.ContainsKey(payment); look--)
        {
            await LookAt(payment, null);
            await _client.Wait(0.3, 4);
        }
    }

    private async Task LookAt(Guid payment, bool? told)
    {
        var status = (await _client.Persist("GET", $"/api/payments/{payment}", null))?.Text("status");
        if (status == "succeeded") Ended(payment, succeeded: true);
        else if (status is "declined" or "cancelled") Ended(payment, succeeded: false);
        else if (told is not null) Wrongs.Add(new Offender($"payment {payment}", $"had {Said(told.Value)}, its shopper was told, and is {status ?? "nothing"}"));
    }

    /// <summary>How a payment was told to have ended is how it ended: silence is no "no" (P10, P12).</summary>
    private void Ended(Guid payment, bool succeeded)
    {
        if (succeeded) PaymentId = payment;
        if (_ended.TryAdd(payment, succeeded)) coverage.Reach($"shopper: is told that a payment {Said(succeeded)}");
        else if (_ended[payment] != succeeded) Wrongs.Add(new Offender($"payment {payment}", $"had {Said(_ended[payment])}, its shopper was told, and then that it had {Said(succeeded)}"));
    }

    private static string Said(bool succeeded) => succeeded ? "succeeded" : "failed";

    /// <summary>What was bought has left the cart once, what was not is in it once: also after a merge (C2).</summary>
    private async Task CheckCart(bool bought)
    {
        if (!_cartIsKnown) return;
        var cart = await _client.Persist("GET", "/api/cart", null);
        if (cart is not { Status: 200 }) return;
        var lines = cart.Json.GetProperty("items").EnumerateArray().ToDictionary(one => one.GetProperty("sku").GetString()!, one => one.GetProperty("quantity").GetInt32());
        foreach (var (sku, _, quantity) in _wants)
        {
            var (there, expected) = (lines.GetValueOrDefault(sku), bought ? 0 : quantity);
            if (there != expected) Wrongs.Add(new Offender($"cart of order {OrderId}", $"holds {there} of {sku}, where {expected} was expected"));
        }
    }
}
