using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class ShowOrdersTests(Shop shop)
{
    [Fact]
    public async Task An_order_shows_its_address_history_and_payments()
    {
        var buyer = shop.Customer();
        var order = await shop.PlaceOne(buyer);
        shop.Payments[order] = [new(shop.NewId(), order, new Money(3100, "USD"), "declined", null, null, "card_declined", new Money(0, "USD"), DateTimeOffset.UnixEpoch)];
        var seen = await buyer.Get($"/api/orders/{order}");
        Assert.Equal(200, seen.Status);
        Assert.Equal("GR", seen.Json.GetProperty("shippingAddress").GetProperty("country").GetString());
        Assert.Equal("anna@example.org", seen.Json.GetProperty("email").GetString());
        Assert.Equal("card_declined", Assert.Single(seen.Json.GetProperty("payments").EnumerateArray()).GetProperty("declineCode").GetString());
        Assert.Equal(["placed", "awaiting_payment"], seen.Json.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Another_buyers_order_is_404_to_a_buyer_and_shown_to_staff()
    {
        var order = await shop.PlaceOne(shop.Guest());
        Assert.Equal((404, "not_found"), Both(await shop.Customer().Get($"/api/orders/{order}")));
        Assert.Equal((404, "not_found"), Both(await shop.Guest().Get($"/api/orders/{order}")));
        Assert.Equal((404, "not_found"), Both(await shop.Customer().Get($"/api/orders/{shop.NewId()}")));
        Assert.Equal((401, "unauthenticated"), Both(await shop.Store.Api("orders").Get($"/api/orders/{order}")));
        Assert.Equal(200, (await shop.Staff().Get($"/api/orders/{order}")).Status);
    }

    [Fact]
    public async Task A_guests_order_is_the_shoppers_after_login_by_the_token_and_then_for_good()
    {
        var (guest, user) = (shop.NewId(), shop.NewId());
        var order = await shop.PlaceOne(shop.As(shop.Store.Tokens.Guest(guest)));
        Assert.Equal(200, (await shop.As(shop.Store.Tokens.Customer(user, guest)).Get($"/api/orders/{order}")).Status);
        Assert.Equal(404, (await shop.As(shop.Store.Tokens.Customer(user)).Get($"/api/orders/{order}")).Status);
        await shop.Tell("users", new GuestLinked(user, guest));
        await Eventually.Get(() => shop.As(shop.Store.Tokens.Customer(user)).Get($"/api/orders/{order}"), reply => reply.Status == 200, "the order");
    }

    [Fact]
    public async Task Staff_alone_see_how_many_orders_there_are_in_each_state()
    {
        await shop.PlaceOne(shop.Guest());
        var counts = (await shop.Staff().Get("/api/orders/counts")).Json.GetProperty("items").EnumerateArray().ToDictionary(one => one.GetProperty("status").GetString()!, one => one.GetProperty("orders").GetInt64());
        Assert.Equal(OrderStatus.All, counts.Keys);
        Assert.InRange(counts.Values.Sum(), 1, long.MaxValue);
        Assert.Equal((403, "forbidden"), Both(await shop.Customer().Get("/api/orders/counts")));
    }

    [Fact]
    public async Task A_buyer_pages_through_their_own_orders_newest_first()
    {
        var buyer = shop.Customer();
        var sku = await shop.Sell(1000);
        var placed = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            placed.Add(Shop.Id(await buyer.Post("/api/orders", Shop.OrderOf(sku, 1000), key: $"k{i}")));
            await Task.Delay(2); // ids are ordered by the millisecond
        }

        await shop.PlaceOne(shop.Customer());
        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = (await buyer.Get("/api/orders?limit=2" + cursor)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        Assert.Equal(placed.AsEnumerable().Reverse(), seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("cursor=AAAA")]
    [InlineData("cursor=WyJhIl0")]
    [InlineData("cursor=WyJhIiwiYiJd")]
    public async Task Refuses_limits_and_cursors_that_are_none(string query) =>
        Assert.Equal((400, "malformed"), Both(await shop.Customer().Get("/api/orders?" + query)));

    [Fact]
    public async Task Staff_find_orders_by_email_number_and_status()
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        var email = $"Search-{shop.NewId():N}@example.org";
        body["email"] = email;
        var order = (await shop.Guest().Post("/api/orders", body, key: "k")).Json;
        var (id, number) = (order.GetProperty("id").GetGuid(), order.GetProperty("number").GetString()!);
        var staff = shop.Staff();

        Assert.Equal([id], await Found(staff, "email=" + email.ToUpperInvariant()));
        Assert.Equal([id], await Found(staff, "number=" + number.ToLowerInvariant()));
        Assert.Equal([id], await Found(staff, $"number={number}&status=awaiting_payment&email={email}"));
        Assert.Empty(await Found(staff, $"number={number}&status=paid"));
        Assert.Contains(id, await Found(staff, "limit=100"));
        Assert.Equal((422, "validation"), Both(await staff.Get("/api/orders?status=lost")));
    }

    [Fact]
    public async Task Staff_find_orders_by_their_buyer_or_the_address_they_were_placed_with()
    {
        var buyer = shop.NewId();
        var mine = await shop.PlaceOne(shop.As(shop.Store.Tokens.Customer(buyer)));
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        var email = $"both-{shop.NewId():N}@example.org";
        body["email"] = email;
        var asGuest = Shop.Id(await shop.Guest().Post("/api/orders", body, key: "k"));

        Assert.Equal([mine], await Found(shop.Staff(), $"buyerId={buyer}"));
        Assert.Equal([asGuest, mine], await Found(shop.Staff(), $"buyerId={buyer}&email={email}"));
    }

    [Fact]
    public async Task Whose_it_is_and_who_moved_it_is_told_to_staff_alone()
    {
        var (buyer, clerk) = (shop.NewId(), shop.NewId());
        var order = await shop.PaidOne(shop.As(shop.Store.Tokens.Customer(buyer)));
        var staff = shop.As(shop.Store.Tokens.Staff(clerk));
        Assert.Equal("shipped", Shop.Status(await staff.Post($"/api/orders/{order}/ship", new { carrier = "Hermes", trackingNumber = "H-1" })));

        var seen = (await staff.Get($"/api/orders/{order}")).Json;
        Assert.Equal(buyer, seen.GetProperty("buyerId").GetGuid());
        Assert.Equal(["", "", "", clerk.ToString()], Actors(seen));
        var own = (await shop.As(shop.Store.Tokens.Customer(buyer)).Get($"/api/orders/{order}")).Json;
        Assert.Equal(System.Text.Json.JsonValueKind.Null, own.GetProperty("buyerId").ValueKind);
        Assert.Equal(["", "", "", ""], Actors(own));
    }

    [Theory]
    [InlineData("status=paid")]
    [InlineData("email=anna@example.org")]
    [InlineData("number=S-1")]
    [InlineData("buyerId=0195e2a0-0000-7000-8000-000000000001")]
    public async Task Searching_orders_is_403_for_a_customer(string query) =>
        Assert.Equal((403, "forbidden"), Both(await shop.Customer().Get("/api/orders?" + query)));

    [Fact]
    public async Task While_payments_is_away_an_order_shows_with_its_payments_unknown()
    {
        await using var own = await Shop.Open();
        var buyer = own.Customer();
        var order = await own.PlaceOne(buyer);
        await own.Store.Stop("payments");
        var seen = await buyer.Get($"/api/orders/{order}");
        Assert.Equal((200, System.Text.Json.JsonValueKind.Null), (seen.Status, seen.Json.GetProperty("payments").ValueKind));
    }

    [Fact]
    public async Task An_order_that_payments_says_is_paid_reads_so_or_as_it_stands_after_a_second()
    {
        var clock = new ManualClock();
        await using var own = await Shop.Open(clock);
        var buyer = own.Customer();
        var order = await own.PlaceOne(buyer);
        own.Payments[order] = [new(own.NewId(), order, new Money(3100, "USD"), PaymentView.Succeeded, null, null, null, new Money(0, "USD"), DateTimeOffset.UnixEpoch)];

        Assert.Equal("awaiting_payment", Shop.Status(await WhileTimePasses(buyer.Get($"/api/orders/{order}"), TimeSpan.FromMilliseconds(10))));

        var paid = WhileTimePasses(buyer.Get($"/api/orders/{order}"), TimeSpan.FromMilliseconds(1)); // slowly: it ends by the event, not by its time
        await own.Tell("payments", new PaymentSucceeded(order, own.NewId(), new Money(3100, "USD"), AfterClosure: false));
        Assert.Equal("paid", Shop.Status(await paid));

        async Task<Reply> WhileTimePasses(Task<Reply> answer, TimeSpan step)
        {
            await Eventually.Is(() =>
            {
                clock.Advance(step);
                return Task.FromResult(answer.IsCompleted);
            }, "an answer");
            return await answer;
        }
    }

    [Fact]
    public async Task Tells_payments_what_is_due_and_notifications_what_a_message_says_and_nobody_else()
    {
        var order = await shop.PlaceOne(shop.Customer());
        var due = Kernel.Json.Read<AmountDue>((await shop.Store.Internal("orders").Get($"/internal/orders/{order}/due")).Body);
        Assert.Equal((order, "awaiting_payment", new Money(3100, "USD")), (due.OrderId, due.Status, due.Total));
        Assert.NotNull(due.PayBy);
        var message = await shop.MessageOf(order);
        Assert.Equal(("anna@example.org", "Anna Dimou", due.Number), (message.Email, message.Name, message.Number));
        Assert.Equal(["Stoa 1", "Athens 10555", "GR"], message.Address);
        Assert.Equal(1000, Assert.Single(message.Lines).LineTotal.Amount);

        Assert.Equal(404, (await shop.Store.Internal("orders").Get($"/internal/orders/{shop.NewId()}/due")).Status);
        Assert.Equal("[]", (await shop.Store.Internal("orders").Get($"/internal/orders/messages?id={shop.NewId()}")).Body);
        Assert.Equal(422, (await shop.Store.Internal("orders").Get($"/internal/orders/messages?{string.Join('&', Enumerable.Repeat($"id={order}", 51))}")).Status);
        Assert.Equal(401, (await shop.Staff().Get($"/internal/orders/{order}/due")).Status);
        Assert.Equal(401, (await shop.Staff().Get($"/internal/orders/messages?id={order}")).Status);
    }

    private static string[] Actors(System.Text.Json.JsonElement order) => [.. order.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("actorId").ToString())];

    private static async Task<Guid[]> Found(Api staff, string query) =>
        [.. (await staff.Get("/api/orders?" + query)).Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
