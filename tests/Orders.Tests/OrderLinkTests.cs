using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class OrderLinkTests(Shop shop)
{
    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private async Task<OrderMessage> Message(Guid order) =>
        await shop.MessageOf(order);

    private async Task<string> TokenOf(Guid order) => (await Message(order)).LinkToken!;

    private Task<Reply> Follow(string token) => shop.Store.Api("orders").Get("/api/orders/by-link?token=" + Uri.EscapeDataString(token));

    private static string Changed(string token, int at) => token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];

    [Fact]
    public async Task Shows_the_order_to_whoever_has_the_link_without_a_session()
    {
        var order = await shop.PlaceOne(shop.Guest());
        var seen = await Follow(await TokenOf(order));
        Assert.Equal(200, seen.Status);
        Assert.Equal(order, Shop.Id(seen));
        Assert.Equal("anna@example.org", seen.Json.GetProperty("email").GetString());
        Assert.Equal(("no-store", "no-referrer"), (seen.Header("Cache-Control"), seen.Header("Referrer-Policy")));
    }

    [Fact]
    public async Task Shows_no_other_order()
    {
        var (mine, theirs) = (await shop.PlaceOne(shop.Guest()), await shop.PlaceOne(shop.Guest()));
        var (token, other) = (await TokenOf(mine), await TokenOf(theirs));
        Assert.Equal(mine, Shop.Id(await Follow(token)));
        Assert.Equal((404, "not_found"), Both(await Follow(other[..20] + token[20..]))); // their id under my signature
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Refuses_what_is_no_link(string token) => Assert.Equal((404, "not_found"), Both(await Follow(token)));

    [Fact]
    public async Task Refuses_a_link_with_any_part_of_it_changed()
    {
        var token = await TokenOf(await shop.PlaceOne(shop.Guest()));
        Assert.Equal(200, (await Follow(token)).Status);
        foreach (var at in (int[])[0, 12, 22, 40, 63]) Assert.Equal((404, "not_found"), Both(await Follow(Changed(token, at))));
    }

    [Fact]
    public async Task Does_not_let_anybody_pay_cancel_or_read_the_order_otherwise()
    {
        var order = await shop.PlaceOne(shop.Guest());
        var token = await TokenOf(order);
        Assert.Equal((401, "unauthenticated"), Both(await shop.Store.Api("orders").Post($"/api/orders/{order}/cancel?token={token}")));
        Assert.Equal((404, "not_found"), Both(await shop.Guest().Post($"/api/orders/{order}/cancel?token={token}")));
        Assert.Equal((404, "not_found"), Both(await shop.Guest().Get($"/api/orders/{order}?token={token}")));
    }

    [Fact]
    public async Task An_erasure_ends_it()
    {
        var (user, guest) = (shop.NewId(), shop.NewId());
        var order = await shop.PlaceOne(shop.As(shop.Store.Tokens.Guest(guest)));
        var token = await TokenOf(order);
        await shop.Tell("users", new GuestLinked(user, guest));
        await shop.Tell("users", new UserErased(user));
        await Eventually.Get(() => Follow(token), reply => reply.Status == 404, "the link's end");
        Assert.Null((await Message(order)).LinkToken);
    }

    [Fact]
    public async Task Stays_the_same_after_a_restart_so_that_every_mails_link_is_good()
    {
        await using var own = await Shop.Open(); // the others' keeps running
        var order = await own.PlaceOne(own.Guest());
        async Task<string> Token() => (await own.MessageOf(order)).LinkToken!;
        var token = await Token();
        await own.Store.Stop("orders");
        await own.Store.Run("orders");
        Assert.Equal(token, await Token());
    }

    [Fact]
    public async Task Is_not_given_for_an_order_whose_mails_go_to_an_account()
    {
        var body = Shop.OrderOf(await shop.Sell(1000), 1000);
        body.Remove("email");
        var order = Shop.Id(await shop.Customer().Post("/api/orders", body, key: "k"));
        Assert.Null((await Message(order)).LinkToken);
    }

    [Fact]
    public async Task The_message_is_in_the_language_that_the_buyer_ordered_in()
    {
        var order = Shop.Id(await shop.Guest().Post("/api/orders", Shop.OrderOf(await shop.Sell(1000), 1000), key: "k", ("Accept-Language", "de-AT,de;q=0.9,en;q=0.5")));
        Assert.Equal("de", (await Message(order)).Language);
        Assert.Equal("en", (await Message(await shop.PlaceOne(shop.Guest()))).Language);
    }
}
