using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class CancelOrderTests(Shop shop)
{
    [Fact]
    public async Task An_unpaid_order_is_closed_by_the_arbiter_then_cancelled_and_again_is_200()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        var reply = await buyer.Post($"/api/orders/{order}/cancel");
        Assert.Equal((200, "cancelled"), (reply.Status, Shop.Status(reply)));
        Assert.Equal((200, "cancelled"), await Cancel(buyer, order));

        Assert.Equal(["order.awaiting_payment", "order.cancelled"], await shop.ToldTypes(order));
        Assert.Equal("buyer", (await shop.Told(order))[1].Data.GetProperty("reason").GetString());
        var history = (await buyer.Get($"/api/orders/{order}")).Json.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("status").GetString());
        Assert.Equal(["placed", "awaiting_payment", "closing", "cancelled"], history);
    }

    [Fact]
    public async Task An_order_that_the_arbiter_calls_paid_is_paid_and_not_cancelled()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        shop.Closures[order] = () => Task.FromResult(Shop.Says(Closure.Paid));
        Assert.Equal((409, "order_already_paid"), await Cancel(buyer, order));
        Assert.Equal((409, "order_already_paid"), await Cancel(buyer, order));

        // The event that tells of the payment comes later and changes nothing any more (E5).
        await shop.Tell("payments", new PaymentSucceeded(order, shop.NewId(), new Money(1, "USD"), AfterClosure: false));
        await shop.PaidOne(shop.Customer()); // a later event of the same log has taken effect
        Assert.Equal(["order.awaiting_payment", "order.paid"], await shop.ToldTypes(order));
    }

    [Fact]
    public async Task While_a_payment_is_in_flight_the_cancel_is_refused_and_the_order_can_still_be_paid_or_cancelled()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        shop.Closures[order] = () => Task.FromResult(Shop.Says(Closure.InFlight));
        Assert.Equal((409, "payment_in_flight"), await Cancel(buyer, order));
        var due = await shop.Store.Internal("orders").Get($"/internal/orders/{order}/due");
        Assert.Equal("awaiting_payment", Shop.Status(due));
        shop.Closures.TryRemove(order, out _);
        Assert.Equal((200, "cancelled"), await Cancel(buyer, order));
    }

    [Fact]
    public async Task While_payments_is_away_the_cancel_stands_as_202_and_the_runner_goes_on()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        shop.Closures[order] = () => Task.FromResult(Shop.Away);
        Assert.Equal((202, "closing"), await Cancel(buyer, order));
        shop.Closures.TryRemove(order, out _);
        await shop.Reads(order, OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_cancel_that_stands_goes_on_when_a_payment_turns_out_to_be_in_flight()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        var asked = 0;
        shop.Closures[order] = () => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? Shop.Away : Shop.Says(Closure.InFlight));
        Assert.Equal((202, "closing"), await Cancel(buyer, order));
        await Eventually.Is(() => Task.FromResult(asked >= 3), "the runner ask again");
        shop.Closures.TryRemove(order, out _);
        var seen = await shop.Reads(order, OrderStatus.Cancelled);
        Assert.Equal(["placed", "awaiting_payment", "closing", "cancelled"], seen.Json.GetProperty("history").EnumerateArray()
            .Select(step => step.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_closing_order_whose_late_payment_is_given_back_does_not_become_paid() // P11
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        shop.Closures[order] = () => Task.FromResult(Shop.Away);
        Assert.Equal((202, "closing"), await Cancel(buyer, order));
        await shop.Tell("payments", new PaymentSucceeded(order, shop.NewId(), new Money(1, "USD"), AfterClosure: true));
        await shop.PaidOne(shop.Customer()); // a later event of the same log has taken effect
        shop.Closures.TryRemove(order, out _);
        await shop.Reads(order, OrderStatus.Cancelled);
        Assert.Equal(["order.awaiting_payment", "order.cancelled"], await shop.ToldTypes(order));
    }

    [Fact]
    public async Task An_order_whose_reserve_is_on_its_way_can_be_cancelled_and_the_late_answer_changes_nothing() // P3
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
        var placing = buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var order = (await buyer.Get("/api/orders")).Json.GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.Equal((200, "cancelled"), await Cancel(buyer, order));
        answer.SetResult(Shop.Reserved);

        Assert.Equal("cancelled", Shop.Status(await placing));
        Assert.Equal(["order.cancelled"], await shop.ToldTypes(order));
        Assert.Equal((201, "cancelled"), await Both(buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")));
    }

    [Fact]
    public async Task Staff_may_cancel_an_unpaid_order_and_the_event_says_so()
    {
        var order = await shop.PlaceOne(shop.Customer());
        Assert.Equal((200, "cancelled"), await Cancel(shop.Staff(), order));
        Assert.Equal("staff", (await shop.Told(order))[1].Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_paid_order_is_409_for_its_buyer()
    {
        var buyer = shop.Customer();
        var order = await shop.PaidOne(buyer);
        Assert.Equal((409, "order_already_paid"), await Cancel(buyer, order));
    }

    [Fact]
    public async Task A_rejected_order_has_nothing_to_cancel()
    {
        var sku = await shop.Sell(1000);
        shop.Stock[sku] = _ => Task.FromResult(Shop.Refused(new Shortage(sku, 1, 0)));
        var buyer = shop.Customer();
        var order = (await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: "k")).Json.GetProperty("orderId").GetGuid();
        Assert.Equal((409, "wrong_status"), await Cancel(buyer, order));
    }

    [Fact]
    public async Task Another_buyers_order_is_404_and_so_is_none()
    {
        var order = await shop.PlaceOne(shop.Customer());
        Assert.Equal((404, "not_found"), await Cancel(shop.Customer(), order));
        Assert.Equal((404, "not_found"), await Cancel(shop.Customer(), shop.NewId()));
        Assert.Equal((404, "not_found"), await Both(shop.Customer().Post("/api/orders/nonsense/cancel")));
    }

    private static Task<(int, string?)> Cancel(Api buyer, Guid order) => Both(buyer.Post($"/api/orders/{order}/cancel"));

    /// <summary>The status, and the problem's code or the order's state.</summary>
    private static async Task<(int, string?)> Both(Task<Reply> call)
    {
        var reply = await call;
        return (reply.Status, reply.Code ?? Shop.Status(reply));
    }
}
