using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class PlaceOrderTests(Shop shop)
{
    [Fact]
    public async Task An_order_at_the_shown_price_awaits_its_payment_with_its_stock_held()
    {
        var sku = await shop.Sell(2500);
        var buyer = shop.Customer();
        var body = Shop.OrderOf(sku, 5000, quantity: 2);
        var reply = await buyer.Post("/api/orders", body, key: "k");

        Assert.Equal(201, reply.Status);
        var order = reply.Json;
        Assert.Equal("awaiting_payment", Shop.Status(reply));
        Assert.Matches("^S-[0-9A-HJKMNP-TV-Z]{10}$", order.GetProperty("number").GetString());
        Assert.Equal($"/api/orders/{Shop.Id(reply)}", reply.Header("Location"));
        var line = order.GetProperty("items")[0];
        Assert.Equal((sku, "Name of " + sku, 2), (line.GetProperty("sku").GetString(), line.GetProperty("name").GetString(), line.GetProperty("quantity").GetInt32()));
        Assert.Equal((2500L, 5000L), (Amount(line, "unitPrice"), Amount(line, "lineTotal")));
        Assert.Equal((5000L, 1500L, 1560L, 8060L), (Amount(order, "subtotal"), Amount(order, "shipping"), Amount(order, "tax"), Amount(order, "total")));
        Assert.InRange(order.GetProperty("payBy").GetDateTimeOffset() - order.GetProperty("createdAt").GetDateTimeOffset(), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31));

        var told = Assert.Single(await shop.Told(Shop.Id(reply)));
        Assert.Equal("order.awaiting_payment", told.Type);
        Assert.Equal(8060, Amount(told.Data, "total"));
    }

    [Fact]
    public async Task Refuses_when_a_price_changed_since_it_was_shown_and_the_key_stays_free()
    {
        var sku = await shop.Sell(2500);
        var buyer = shop.Customer();
        var reply = await buyer.Post("/api/orders", Shop.OrderOf(sku, 2000), key: "k");
        Assert.Equal((409, "price_changed"), Both(reply));
        Assert.Equal(2500, Amount(reply.Json, "currentTotal"));
        Assert.Equal(4960, Amount(reply.Json, "currentGrandTotal"));
        Assert.Equal(2500, Amount(reply.Json.GetProperty("items")[0], "unitPrice"));
        Assert.Equal(201, (await buyer.Post("/api/orders", Shop.OrderOf(sku, 2500), key: "k")).Status); // I3
    }

    [Fact]
    public async Task Refuses_a_shown_total_in_another_currency_as_a_price_that_changed()
    {
        var body = Shop.OrderOf(await shop.Sell(2500), 2500);
        body["shownTotal"] = new Money(2500, "EUR");
        Assert.Equal((409, "price_changed"), Both(await shop.Customer().Post("/api/orders", body, key: "k")));
    }

    [Fact]
    public async Task Checks_the_grand_total_where_it_was_shown()
    {
        var body = Shop.OrderOf(await shop.Sell(2500), 2500);
        body["shownGrandTotal"] = new Money(4961, "USD");
        var buyer = shop.Customer();
        Assert.Equal((409, "price_changed"), Both(await buyer.Post("/api/orders", body, key: "k")));
        body["shownGrandTotal"] = new Money(4960, "USD");
        Assert.Equal(201, (await buyer.Post("/api/orders", body, key: "k")).Status);
    }

    [Fact]
    public async Task A_price_in_the_request_means_nothing()
    {
        var sku = await shop.Sell(2500);
        var body = Shop.OrderOf(sku, 1);
        body["items"] = new[] { new { sku, quantity = 1, unitPrice = new Money(1, "USD"), price = 1 } };
        Assert.Equal((409, "price_changed"), Both(await shop.Customer().Post("/api/orders", body, key: "k")));
    }

    [Fact]
    public async Task Refuses_what_is_not_for_sale_and_names_it()
    {
        var sku = await shop.Sell(2500);
        var body = Shop.OrderOf(sku, 2500);
        body["items"] = new[] { new { sku, quantity = 1 }, new { sku = "NO-SUCH-SKU", quantity = 1 } };
        var reply = await shop.Customer().Post("/api/orders", body, key: "k");
        Assert.Equal((409, "not_for_sale"), Both(reply));
        Assert.Equal("NO-SUCH-SKU", Assert.Single(reply.Json.GetProperty("items").EnumerateArray()).GetProperty("sku").GetString());
    }

    [Fact]
    public async Task Rejects_the_order_when_stock_is_short_with_its_id_and_the_lines_at_fault()
    {
        var sku = await shop.Sell(2500);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Refused(new Shortage(sku, 3, 1)));
        var buyer = shop.Customer();
        var reply = await buyer.Post("/api/orders", Shop.OrderOf(sku, 7500, quantity: 3), key: "k");

        Assert.Equal((409, "out_of_stock"), Both(reply));
        var short1 = Assert.Single(reply.Json.GetProperty("items").EnumerateArray());
        Assert.Equal((sku, 3, 1), (short1.GetProperty("sku").GetString(), short1.GetProperty("requested").GetInt32(), short1.GetProperty("available").GetInt32()));
        var id = reply.Json.GetProperty("orderId").GetGuid();
        var seen = await buyer.Get($"/api/orders/{id}");
        Assert.Equal("rejected", Shop.Status(seen));
        Assert.Equal(1, seen.Json.GetProperty("shortages")[0].GetProperty("available").GetInt32());
        Assert.Equal(["order.rejected"], await shop.ToldTypes(id));
    }

    [Fact]
    public async Task Lines_of_one_sku_become_one()
    {
        var sku = await shop.Sell(1000);
        var body = Shop.OrderOf(sku, 3000);
        body["items"] = new[] { new { sku, quantity = 1 }, new { sku, quantity = 2 } };
        var reply = await shop.Customer().Post("/api/orders", body, key: "k");
        Assert.Equal(3, Assert.Single(reply.Json.GetProperty("items").EnumerateArray()).GetProperty("quantity").GetInt32());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Refuses_an_empty_cart(string items) =>
        Assert.Equal((422, "cart_empty"), Both(await shop.Customer().Post("/api/orders", $"{{\"items\":{items}}}", key: "k")));

    [Theory]
    [InlineData("items[0].sku", "items", """[{"quantity":1}]""")]
    [InlineData("items[0].sku", "items", """[null]""")]
    [InlineData("items[0].quantity", "items", """[{"sku":"A","quantity":0}]""")]
    [InlineData("items[0].quantity", "items", """[{"sku":"A","quantity":1000}]""")]
    [InlineData("items[0].quantity", "items", """[{"sku":"A"}]""")]
    [InlineData("items", "items", """[{"sku":"A","quantity":999},{"sku":"A","quantity":1}]""")]
    [InlineData("shownTotal", "shownTotal", "null")]
    [InlineData("shownTotal", "shownTotal", """{"amount":1}""")]
    [InlineData("shownGrandTotal", "shownGrandTotal", """{"amount":1}""")]
    [InlineData("email", "email", "\"nobody\"")]
    [InlineData("shippingAddress.country", "shippingAddress", "null")]
    [InlineData("shippingAddress.country", "shippingAddress", """{"name":"A","line1":"B","city":"C","postalCode":"D","country":"XX"}""")]
    [InlineData("shippingAddress.country", "shippingAddress", """{"name":"A","line1":"B","city":"C","postalCode":"D","country":"gr"}""")]
    [InlineData("shippingAddress.name", "shippingAddress", """{"name":" ","line1":"B","city":"C","postalCode":"D","country":"GR"}""")]
    [InlineData("shippingAddress.city", "shippingAddress", """{"name":"A","line1":"B","city":"C\nD","postalCode":"D","country":"GR"}""")]
    [InlineData("shippingAddress.postalCode", "shippingAddress", """{"name":"A","line1":"B","city":"C","country":"GR"}""")]
    public async Task Refuses_fields_that_are_not_as_they_must_be(string names, string field, string value)
    {
        var body = Shop.OrderOf("A", 1);
        body[field] = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(value);
        var reply = await shop.Customer().Post("/api/orders", body, key: "k");
        Assert.Equal((422, "validation"), Both(reply));
        Assert.True(reply.Json.GetProperty("errors").TryGetProperty(names, out _), reply.Body);
    }

    [Fact]
    public async Task Refuses_more_than_100_lines()
    {
        var body = Shop.OrderOf("A", 1);
        body["items"] = Enumerable.Range(0, 101).Select(i => new { sku = $"A{i}", quantity = 1 });
        Assert.Equal((422, "validation"), Both(await shop.Customer().Post("/api/orders", body, key: "k")));
    }

    [Fact]
    public async Task A_guest_must_give_an_email_and_a_customer_need_not()
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        body.Remove("email");
        Assert.Equal((422, "validation"), Both(await shop.Guest().Post("/api/orders", body, key: "k")));
        Assert.Equal(201, (await shop.Customer().Post("/api/orders", body, key: "k")).Status);
    }

    [Fact]
    public async Task Needs_a_token_and_a_key()
    {
        var body = Shop.OrderOf("A", 1);
        Assert.Equal((401, "unauthenticated"), Both(await shop.Store.Api("orders").Post("/api/orders", body, key: "k")));
        Assert.Equal((400, "idempotency_key_missing"), Both(await shop.Customer().Post("/api/orders", body)));
        Assert.Equal((400, "malformed"), Both(await shop.Customer().Post("/api/orders", "{\"items\":\"all\"}", key: "k")));
    }

    [Fact]
    public async Task While_inventory_is_away_the_order_is_accepted_as_placed_and_the_runner_goes_on()
    {
        var sku = await shop.Sell(1000);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Away);
        var reply = await shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        Assert.Equal((202, "placed"), (reply.Status, Shop.Status(reply)));
        Assert.Empty(await shop.Told(Shop.Id(reply)));
        shop.Stock.TryRemove(sku, out _);
        await shop.Reads(Shop.Id(reply), OrderStatus.AwaitingPayment);
        Assert.Equal(["order.awaiting_payment"], await shop.ToldTypes(Shop.Id(reply)));
    }

    [Fact]
    public async Task A_reserve_whose_answer_was_lost_is_asked_again()
    {
        var sku = await shop.Sell(1000);
        var first = true;
        shop.Stock[sku] = context =>
        {
            if (first) context.Abort(); // decided, but nobody hears it
            first = false;
            return Task.FromResult(Shop.Reserved);
        };
        var reply = await shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        await shop.Reads(Shop.Id(reply), OrderStatus.AwaitingPayment);
        Assert.True(shop.ReserveCalls(Shop.Id(reply)) > 1);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_after_the_order_is_written_changes_nothing() // P6
    {
        var sku = await shop.Sell(1000);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<IResult>();
        shop.Stock[sku] = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        var buyer = shop.Customer();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new StringContent(Kernel.Json.Write(Shop.OrderOf(sku, 1000)), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer " + buyer.Token);
        request.Headers.Add("Idempotency-Key", "k");
        using var hangUp = new CancellationTokenSource();
        var call = buyer.Http.SendAsync(request, hangUp.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        answer.SetResult(Shop.Reserved);

        var mine = await Eventually.Get(() => buyer.Get("/api/orders"), reply => reply.Json.GetProperty("items").EnumerateArray()
            .Any(one => one.GetProperty("status").GetString() == "awaiting_payment"), "the order");
        Assert.Equal(1, shop.ReserveCalls(mine.Json.GetProperty("items")[0].GetProperty("id").GetGuid()));
    }

    private static long Amount(System.Text.Json.JsonElement json, string field) => json.GetProperty(field).GetProperty("amount").GetInt64();

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
