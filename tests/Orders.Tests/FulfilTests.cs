using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>Paid, shipped, delivered, refunded.</summary>
public sealed class FulfilTests(Shop shop)
{
    private static readonly object Parcel = new { carrier = "Hermes", trackingNumber = "H-1" };

    [Fact]
    public async Task A_payment_makes_the_order_paid_once_and_tells_what_was_bought()
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 2000, quantity: 2);
        var (cart, buyer) = (shop.NewId(), shop.NewId());
        body["cartId"] = cart;
        var order = Shop.Id(await shop.As(shop.Store.Tokens.Customer(buyer, guests: cart)).Post("/api/orders", body, key: "k"));
        var payment = new PaymentSucceeded(order, shop.NewId(), new Money(3500, "USD"), AfterClosure: false);
        await shop.Tell("payments", payment);
        await shop.Tell("payments", payment); // a log that is read again (E5)
        await shop.PaidOne(shop.Customer());

        var told = await shop.Told(order);
        Assert.Equal(["order.awaiting_payment", "order.paid"], told.Select(one => one.Type));
        Assert.Equal(cart, told[1].Data.GetProperty("cartId").GetGuid());
        Assert.Equal(2, told[1].Data.GetProperty("lines")[0].GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task An_order_names_no_cart_but_its_buyers()
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        body["cartId"] = shop.NewId();
        var order = Shop.Id(await shop.Customer().Post("/api/orders", body, key: "k"));
        await shop.Tell("payments", new PaymentSucceeded(order, shop.NewId(), new Money(2500, "USD"), AfterClosure: false));
        await shop.PaidOne(shop.Customer());

        Assert.Equal(JsonValueKind.Null, (await shop.Told(order)).Single(one => one.Type == "order.paid").Data.GetProperty("cartId").ValueKind);
    }

    [Fact]
    public async Task Staff_ship_a_paid_order_and_deliver_a_shipped_one()
    {
        var (buyer, staff) = (shop.Customer(), shop.Staff());
        var order = await shop.PaidOne(buyer);
        Assert.Equal((409, "wrong_status"), Both(await staff.Post($"/api/orders/{order}/deliver")));
        Assert.Equal("shipped", Shop.Status(await staff.Post($"/api/orders/{order}/ship", Parcel)));
        Assert.Equal((409, "wrong_status"), Both(await staff.Post($"/api/orders/{order}/ship", Parcel)));
        Assert.Equal("Hermes", (await buyer.Get($"/api/orders/{order}")).Json.GetProperty("carrier").GetString());
        Assert.Equal("delivered", Shop.Status(await staff.Post($"/api/orders/{order}/deliver")));
        Assert.Equal((409, "wrong_status"), Both(await staff.Post($"/api/orders/{order}/deliver")));
        Assert.Equal(["order.awaiting_payment", "order.paid", "order.shipped", "order.delivered"], await shop.ToldTypes(order));
    }

    [Fact]
    public async Task An_unpaid_order_cannot_be_shipped_nor_one_that_is_not_there()
    {
        var order = await shop.PlaceOne(shop.Customer());
        var reply = await shop.Staff().Post($"/api/orders/{order}/ship", Parcel);
        Assert.Equal((409, "wrong_status"), Both(reply));
        Assert.Equal((409, "awaiting_payment"), (reply.Json.GetProperty("status").GetInt32(), reply.Json.GetProperty("orderStatus").GetString()));
        Assert.Equal((404, "not_found"), Both(await shop.Staff().Post($"/api/orders/{shop.NewId()}/ship", Parcel)));
        Assert.Equal((404, "not_found"), Both(await shop.Staff().Post($"/api/orders/{shop.NewId()}/deliver")));
    }

    [Fact]
    public async Task Shipping_is_for_staff_and_needs_a_carrier_and_a_tracking_number()
    {
        var buyer = shop.Customer();
        var order = await shop.PaidOne(buyer);
        foreach (var step in (string[])["ship", "deliver"])
        {
            Assert.Equal((403, "forbidden"), Both(await buyer.Post($"/api/orders/{order}/{step}", Parcel)));
            Assert.Equal((401, "unauthenticated"), Both(await shop.Store.Api("orders").Post($"/api/orders/{order}/{step}", Parcel)));
        }

        var reply = await shop.Staff().Post($"/api/orders/{order}/ship", new { carrier = " " });
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Equal(2, reply.Json.GetProperty("errors").EnumerateObject().Count());
    }

    [Fact]
    public async Task A_whole_refund_before_shipping_returns_the_stock_and_forbids_shipping()
    {
        var order = await shop.PaidOne(shop.Customer());
        await Refund(order, whole: true);
        await shop.Reads(order, OrderStatus.Refunded);
        Assert.True((await shop.Told(order))[^1].Data.GetProperty("returnsStock").GetBoolean());
        Assert.Equal((409, "wrong_status"), Both(await shop.Staff().Post($"/api/orders/{order}/ship", Parcel)));
        Assert.Equal("refunded", Shop.Status(await shop.Staff().Post($"/api/orders/{order}/cancel"))); // that is what a cancel of it comes to
    }

    [Fact]
    public async Task A_whole_refund_after_shipping_leaves_the_stock_where_it_is()
    {
        var order = await shop.PaidOne(shop.Customer());
        await shop.Staff().Post($"/api/orders/{order}/ship", Parcel);
        await Refund(order, whole: true);
        await shop.Reads(order, OrderStatus.Refunded);
        Assert.False((await shop.Told(order))[^1].Data.GetProperty("returnsStock").GetBoolean());
    }

    [Fact]
    public async Task A_partial_refund_leaves_the_state()
    {
        var order = await shop.PaidOne(shop.Customer());
        await Refund(order, whole: false);
        await shop.PaidOne(shop.Customer());
        Assert.Equal("paid", Shop.Status(await shop.Staff().Get($"/api/orders/{order}")));
    }

    [Fact]
    public async Task Events_carry_no_personal_data() // E8
    {
        var order = await shop.PaidOne(shop.Customer());
        await shop.Staff().Post($"/api/orders/{order}/ship", Parcel);
        foreach (var (_, data) in await shop.Told(order))
        {
            foreach (var personal in (string[])["anna", "Anna", "Dimou", "Athens", "10555", "Stoa 1"]) Assert.DoesNotContain(personal, data.ToString(), StringComparison.Ordinal);
        }
    }

    private Task Refund(Guid order, bool whole) => shop.Tell("payments",
        new PaymentRefunded(order, shop.NewId(), shop.NewId(), new Money(1, "USD"), new Money(1, "USD"), whole));

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
