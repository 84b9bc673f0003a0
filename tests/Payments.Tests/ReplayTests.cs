using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>I1–I3: a key acts once, and its answer stays.</summary>
public sealed class ReplayTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private Shop Shop => shared.Shop;

    [Fact]
    public async Task The_same_key_gets_the_same_answer_again_and_charges_once()
    {
        var (order, key) = (Shop.PlaceOrder(), "same-key");
        var first = await Shop.Pay(order, key: key);
        var again = await Shop.Pay(order, key: key);
        Assert.Equal((201, first.Body, "true"), (again.Status, again.Body, again.Header("Idempotency-Replayed")));
        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Single(await Shop.Charges(order));
    }

    [Fact]
    public async Task A_decline_is_the_final_answer_of_its_key()
    {
        var (order, key) = (Shop.PlaceOrder(), "declined-key");
        await Shop.Pay(order, "pm_card_visa_chargeDeclined", key);
        Assert.Equal(201, (await Shop.Pay(order)).Status);
        var again = await Shop.Pay(order, "pm_card_visa_chargeDeclined", key);
        Assert.Equal((402, "payment_declined", "true"), (again.Status, again.Code, again.Header("Idempotency-Replayed")));
        Assert.Equal("generic_decline", again.Json.GetProperty("declineCode").GetString());
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order, key: "reused");
        var other = await Shop.Pay(order, "pm_card_mastercard", key: "reused");
        Assert.Equal((422, "idempotency_key_reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Two_buyers_may_have_the_same_key()
    {
        var bob = Shop.NewId();
        Assert.Equal(201, (await Shop.Pay(Shop.PlaceOrder(), key: "common")).Status);
        Assert.Equal(201, (await Shop.Pay(Shop.PlaceOrder(buyer: bob), key: "common", buyer: bob)).Status);
    }

    [Fact]
    public async Task A_replay_while_the_first_request_runs_is_409_and_afterwards_its_answer()
    {
        await using var shop = await Shop.Open();
        var (order, key, held) = (shop.PlaceOrder(), "running", new TaskCompletionSource());
        shop.Wire.On("/confirm", 1, async call =>
        {
            await held.Task;
            return await call();
        });
        var first = shop.Pay(order, key: key);
        await Eventually.Is(() => Task.FromResult(shop.Wire.Count("/confirm") == 1), "the confirmation under way");
        var early = await shop.Pay(order, key: key);
        Assert.Equal((409, "request_in_progress"), (early.Status, early.Code));
        Assert.Equal((409, "payment_in_flight"), Both(await shop.Pay(order)));
        held.SetResult();
        Assert.Equal(201, (await first).Status);
        Assert.Equal("true", (await shop.Pay(order, key: key)).Header("Idempotency-Replayed"));
        Assert.Single(await shop.Charges(order));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_its_own_retry_overtakes_gets_the_answer_of_their_key(bool ordersKnows)
    {
        await using var shop = await Shop.Open();
        var (order, held, calls) = (shop.PlaceOrder(), new TaskCompletionSource(), 0);
        shop.BeforeDue = () => Interlocked.Increment(ref calls) == 1 ? held.Task : Task.CompletedTask;
        var slow = shop.Pay(order, key: "overtaken");
        await Eventually.Is(() => Task.FromResult(Volatile.Read(ref calls) == 1), "the first request under way");
        Assert.Equal(201, (await shop.Pay(order, key: "overtaken")).Status);
        if (ordersKnows) shop.ReadsPaid(order);
        held.SetResult();
        var late = await slow;
        Assert.Equal((201, "true"), (late.Status, late.Header("Idempotency-Replayed")));
        Assert.Single(await shop.Charges(order));
    }

    [Fact]
    public async Task A_payment_that_waits_for_its_buyer_is_answered_as_it_stands()
    {
        await using var shop = await Shop.Open();
        var (order, key) = (shop.PlaceOrder(), "waits");
        var first = await shop.Pay(order, "pm_card_authenticationRequired", key);
        var again = await shop.Pay(order, "pm_card_authenticationRequired", key);
        Assert.Equal((202, "true"), (again.Status, again.Header("Idempotency-Replayed")));
        Assert.Equal("requires_action", again.Json.GetProperty("status").GetString());
        await shop.Decide(first.Json.GetProperty("nextActionUrl").GetString()!, yes: true);
        shop.Clock.Advance(TimeSpan.FromSeconds(3));
        await shop.Becomes(first.Json.GetProperty("id").GetString()!, "succeeded");
        Assert.Equal(201, (await shop.Pay(order, "pm_card_authenticationRequired", key)).Status);
    }

    [Fact]
    public async Task Many_requests_at_once_make_one_charge()
    {
        var order = Shop.PlaceOrder();
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Shop.Pay(order, key: i % 2 == 0 ? "burst" : $"burst-{i}")));
        Assert.DoesNotContain(replies, reply => reply.Status is not (201 or 409));
        Assert.Contains(replies, reply => reply.Status == 201);
        Assert.Single(await Shop.Charges(order));
        Assert.Single(await Shop.Intents(order));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
