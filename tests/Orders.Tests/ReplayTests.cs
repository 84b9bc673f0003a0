using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

/// <summary>The same Idempotency-Key again (I1–I4).</summary>
public sealed class ReplayTests(Shop shop)
{
    [Fact]
    public async Task The_same_request_gets_the_final_answer_again_also_after_the_order_moved_on()
    {
        var buyer = shop.Customer();
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        var first = await buyer.Post("/api/orders", body, key: "k");
        await shop.Tell("payments", new PaymentSucceeded(Shop.Id(first), shop.NewId(), new Money(1, "USD"), AfterClosure: false));
        await shop.Reads(Shop.Id(first), OrderStatus.Paid);

        var again = await buyer.Post("/api/orders", body, key: "k");
        Assert.Equal((201, "true"), (again.Status, again.Header("Idempotency-Replayed")));
        Assert.Equal(first.Body, again.Body);
        Assert.Null(first.Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_rejected_order_is_the_keys_final_answer()
    {
        var sku = await shop.Sell(1000);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Refused(new Shortage(sku, 1, 0)));
        var buyer = shop.Customer();
        var first = await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        shop.Stock.TryRemove(sku, out _);
        var again = await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");

        Assert.Equal((409, "out_of_stock", "true"), (again.Status, again.Code, again.Header("Idempotency-Replayed")));
        Assert.Equal(first.Json.GetProperty("orderId").GetGuid(), again.Json.GetProperty("orderId").GetGuid());
        foreach (var field in (string[])["type", "title", "status", "detail", "items"]) Assert.Equal(first.Json.GetProperty(field).ToString(), again.Json.GetProperty(field).ToString());
        Assert.Equal(201, (await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k2")).Status);
    }

    [Fact]
    public async Task The_final_answer_is_kept_also_when_the_runner_gets_it()
    {
        var sku = await shop.Sell(1000);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Away);
        var buyer = shop.Customer();
        var first = await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        Assert.Equal(202, first.Status);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Refused(new Shortage(sku, 1, 0)));
        await shop.Reads(Shop.Id(first), OrderStatus.Rejected);
        Assert.Equal(409, await shop.Store.Get<Database>("orders").Scalar<int>("SELECT status FROM idempotency WHERE thing_id = @id", new { id = Shop.Id(first) }));
        var again = await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        Assert.Equal((409, "out_of_stock", "true"), (again.Status, again.Code, again.Header("Idempotency-Replayed")));
        Assert.Equal(Shop.Id(first), again.Json.GetProperty("orderId").GetGuid());
    }

    [Fact]
    public async Task Another_request_with_the_same_key_is_refused_and_another_buyers_key_is_another_key()
    {
        var sku = await shop.Sell(1000);
        var buyer = shop.Customer();
        Assert.Equal(201, (await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")).Status);
        Assert.Equal((422, "idempotency_key_reused"), Both(await buyer.Post("/api/orders", Shop.OrderOf(sku, 2000, quantity: 2), key: "k")));
        Assert.Equal(201, (await shop.Customer().Post("/api/orders", Shop.OrderOf(sku, 2000, quantity: 2), key: "k")).Status);
    }

    [Fact]
    public async Task Fifty_of_the_same_request_at_once_make_one_order()
    {
        var buyer = shop.Customer();
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => buyer.Post("/api/orders", body, key: "k")));
        Assert.All(replies, reply => Assert.True(reply.Status == 201 || reply.Code == "request_in_progress", reply.ToString()));
        var order = Assert.Single(replies.Where(reply => reply.Status == 201).Select(Shop.Id).Distinct());
        Assert.Equal(1, shop.ReserveCalls(order));
        Assert.Single((await buyer.Get("/api/orders")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_guests_key_is_the_shoppers_after_login() // I4
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        var (guest, user) = (shop.NewId(), shop.NewId());
        var first = await shop.As(shop.Store.Tokens.Guest(guest)).Post("/api/orders", body, key: "k");
        var again = await shop.As(shop.Store.Tokens.Customer(user, guest)).Post("/api/orders", body, key: "k");
        Assert.Equal((201, Shop.Id(first)), (again.Status, Shop.Id(again)));
    }

    [Fact]
    public async Task A_replay_waits_for_a_first_request_that_still_runs_and_takes_on_one_that_died() // I2
    {
        var clock = new ManualClock();
        await using var own = await Shop.Open(clock);
        var sku = await own.Sell(1000);
        own.Stock[sku] = _ => Task.FromResult(Shop.Away);
        var buyer = own.Customer();
        var first = await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        Assert.Equal(202, first.Status);

        // As a crash in the first request leaves it: placed, and still in that request's hands.
        var untilMs = (clock.GetUtcNow() + Order.Lease).ToUnixTimeMilliseconds();
        await own.Store.Get<Database>("orders").Write(tx => tx.Execute(
            "UPDATE orders SET attempts = 1, leased_until = @untilMs, next_attempt = @untilMs WHERE id = @id", new { untilMs, id = Shop.Id(first) }));
        own.Stock.TryRemove(sku, out _);
        Assert.Equal((409, "request_in_progress"), Both(await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")));

        // The lease is over; the replay goes on with the order, unless the runner was there first.
        clock.Advance(Order.Lease);
        var again = await Eventually.Get(() => buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k"), reply => reply.Status != 202, "an end");
        Assert.Equal((201, Shop.Id(first), "true"), (again.Status, Shop.Id(again), again.Header("Idempotency-Replayed")));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
