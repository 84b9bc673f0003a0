using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>From the door to a paid order, with every service running.</summary>
public sealed class Purchase(RunningStore store)
{
    [Fact]
    public async Task A_shopper_buys_from_the_cart_after_a_declined_card()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(0);
        var cart = await ada.Adds(wanted);
        Assert.Equal(200, cart.Status);

        var order = await ada.Orders(wanted, Shopper.Id(cart));
        Assert.Equal((201, "awaiting_payment"), (order.Status, Shopper.Status(order)));
        var declined = await ada.Pays(Shopper.Id(order), "pm_card_visa_chargeDeclined");
        Assert.Equal((402, "payment_declined"), (declined.Status, declined.Code));
        var paid = await ada.Pays(Shopper.Id(order));
        Assert.Equal((201, "succeeded"), (paid.Status, Shopper.Status(paid)));

        await ada.UntilOrderIs(Shopper.Id(order), "paid");
        await Eventually.Is(async () => (await ada.Api.Get("/api/cart")).Json.GetProperty("items").GetArrayLength() == 0, "the cart empty");
    }

    [Fact]
    public async Task A_guest_buys_and_finds_the_order_after_signing_up()
    {
        var session = await store.Gateway.Post("/api/sessions/guest");
        Assert.Equal(201, session.Status);
        var guestToken = session.Json.GetProperty("accessToken").GetString();
        var guest = new Shopper(store.Gateway.As(guestToken), "guest@example.com");
        var wanted = await guest.Finds(1);
        var order = await guest.Api.Post("/api/orders", new
        {
            items = new[] { new { wanted.Sku, quantity = 1 } },
            shownTotal = wanted.Price,
            email = "guest@example.com",
            shippingAddress = new { name = "G", line1 = "1 Agora", city = "Athens", postalCode = "10555", country = "GR" },
        }, Shopper.NewKey());
        Assert.Equal(201, order.Status);

        var ada = await store.Shopper();
        Assert.Equal(404, (await ada.Order(Shopper.Id(order))).Status);
        var login = await store.Gateway.Post("/api/sessions", new { ada.Email, password = "an engine weaves algebra", guestToken });
        var known = ada with { Api = store.Gateway.As(login.Json.GetProperty("accessToken").GetString()) };

        Assert.Equal(200, (await known.Order(Shopper.Id(order))).Status);
        Assert.Equal(201, (await known.Pays(Shopper.Id(order))).Status);
        await known.UntilOrderIs(Shopper.Id(order), "paid");
    }

    [Fact]
    public async Task A_paid_order_is_confirmed_by_mail_once()
    {
        var ada = await store.Shopper();
        var order = await ada.Orders(await ada.Finds(2));
        await ada.Pays(Shopper.Id(order));
        await ada.UntilOrderIs(Shopper.Id(order), "paid");

        var letters = () => Directory.EnumerateFiles(store.Data.Of("notifications"), "*.eml", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains($"Subject: Thank you: your order {order.Json.GetProperty("number").GetString()} is paid", StringComparison.Ordinal)).ToList();
        await Eventually.Is(() => Task.FromResult(letters().Count > 0), "the confirmation");
        Assert.Single(letters());
    }

    [Fact]
    public async Task The_same_key_buys_once()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(3);
        var key = Shopper.NewKey();

        var first = await ada.Orders(wanted, key: key);
        var again = await ada.Orders(wanted, key: key);

        Assert.Equal(Shopper.Id(first), Shopper.Id(again));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Single((await ada.Api.Get("/api/orders")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_is_bought_leaves_the_stock()
    {
        var ada = await store.Shopper();
        var staff = await store.Staff();
        var wanted = await ada.Finds(4);
        var before = (await staff.Get($"/api/stock/{wanted.Sku}")).Json.GetProperty("onHand").GetInt64();

        var order = await ada.Orders(wanted);
        await ada.Pays(Shopper.Id(order));

        await Eventually.Is(async () => (await staff.Get($"/api/stock/{wanted.Sku}")).Json is var stock
            && stock.GetProperty("onHand").GetInt64() == before - 1 && stock.GetProperty("reserved").GetInt64() == 0, "one less");
    }
}
