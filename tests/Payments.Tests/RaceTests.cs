using Stoa.Contracts;

namespace Stoa.Payments.Tests;

/// <summary>P7 and P8 with real concurrency: pay against pay, pay against cancel. Each decision takes a moment before its commit,
/// so that the others fall into it. (On SQLite the one writer makes a queue of it; on PostgreSQL these are races.)</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(commit: when =>
    {
        if (when == "before") Thread.Sleep(5);
    });

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task P7_A_payment_beside_a_closure_is_taken_or_the_order_is_closed_and_never_both()
    {
        var orders = Enumerable.Range(0, 24).Select(_ => _shop.PlaceOrder()).ToArray();
        foreach (var order in orders) await _shop.KnowsOf(order);
        var closures = orders.ToDictionary(order => order, _ => new TaskCompletionSource<string>());
        _shop.Wire.Script = async (request, call) => // the intent is made: now the attempt is recorded, while the closure is decided
        {
            var form = request.RequestUri!.AbsolutePath.EndsWith("/payment_intents", StringComparison.Ordinal) ? Uri.UnescapeDataString(await request.Content!.ReadAsStringAsync()) : "";
            var answer = await call();
            if (Array.Find(orders, order => form.Contains(order.ToString(), StringComparison.Ordinal)) is var meant && meant != Guid.Empty) _ = CloseInto(closures[meant], meant);
            return answer;
        };
        var ends = await Task.WhenAll(orders.Select(async order => (Order: order, Paid: (await _shop.Pay(order)).Status == 201, State: await closures[order].Task)));
        foreach (var (order, paid, state) in ends)
        {
            var taken = (await _shop.Intents(order)).Count(intent => intent.GetProperty("status").GetString() == "succeeded");
            Assert.False(paid && state == Closure.Closed, $"{order} was paid and closed");
            Assert.Equal(paid ? 1 : 0, taken);
            Assert.Equal(paid ? Closure.Paid : Closure.Closed, await _shop.Close(order));
        }
    }

    [Fact]
    public async Task P7_Two_payments_of_one_order_with_keys_of_their_own_charge_once()
    {
        var orders = Enumerable.Range(0, 12).Select(_ => _shop.PlaceOrder()).ToArray();
        var replies = await Task.WhenAll(orders.Select(order => Task.WhenAll(_shop.Pay(order), _shop.Pay(order), _shop.Pay(order))));
        Assert.All(replies, three => Assert.Single(three, reply => reply.Status == 201));
        Assert.All(replies.SelectMany(three => three), reply => Assert.True(reply.Status == 201 || reply.Code is "payment_in_flight" or "order_already_paid", reply.ToString()));
        foreach (var order in orders) Assert.Single(await _shop.Intents(order), intent => intent.GetProperty("status").GetString() == "succeeded");
    }

    [Fact]
    public async Task P8_A_page_that_is_paid_on_beside_a_closure_pays_or_the_order_is_closed_and_never_both()
    {
        var orders = Enumerable.Range(0, 12).Select(_ => _shop.PlaceOrder()).ToArray();
        var pages = await Task.WhenAll(orders.Select(async order => (await _shop.Pay(order, "checkout")).Json.GetProperty("nextActionUrl").GetString()!));
        var states = await Task.WhenAll(orders.Select(async (order, at) =>
        {
            var paying = _shop.PayOnPage(pages[at]);
            var state = await _shop.Close(order);
            await paying;
            return state == Closure.InFlight ? await _shop.Close(order) : state;
        }));
        foreach (var (order, state) in orders.Zip(states))
            Assert.Equal(state == Closure.Paid ? 1 : 0, (await _shop.Intents(order)).Count(intent => intent.GetProperty("status").GetString() == "succeeded"));
    }

    [Fact]
    public async Task P9_A_page_and_cards_at_the_same_moment_leave_one_way_to_be_charged()
    {
        var orders = Enumerable.Range(0, 12).Select(_ => _shop.PlaceOrder()).ToArray();
        var replies = await Task.WhenAll(orders.Select(order => Task.WhenAll(_shop.Pay(order, "checkout"), _shop.Pay(order), _shop.Pay(order, "checkout"))));
        foreach (var (order, three) in orders.Zip(replies))
        {
            foreach (var page in three.Where(reply => reply.Status == 202 && reply.Json.GetProperty("status").GetString() == "requires_action"))
                await _shop.PayOnPage(page.Json.GetProperty("nextActionUrl").GetString()!);
            await _shop.Close(order);
            Assert.Single(await _shop.Intents(order), intent => intent.GetProperty("status").GetString() == "succeeded");
        }
    }

    private async Task CloseInto(TaskCompletionSource<string> closure, Guid order) => closure.TrySetResult(await _shop.Close(order));
}
