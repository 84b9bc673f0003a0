using Stoa.Contracts;
using Stoa.Kit;

namespace Stoa.Carts.Tests;

/// <summary>A guest's lines join the cart of the shopper that the guest became (C2).</summary>
public sealed class MergeTests(Market market)
{
    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    [Fact]
    public async Task Moves_the_guests_lines_behind_the_shoppers_own()
    {
        var (shopper, guest, skus) = (market.Shopper(), market.Guest(), await market.Skus(3));
        await shopper.Add(skus[1], 2);
        await guest.Add(skus[0], 1);
        await guest.Add(skus[1], 3);
        await guest.Add(skus[2], 4);
        Assert.Equal([(skus[1], 5), (skus[0], 1), (skus[2], 4)], Shopper.Lines(await shopper.Merge(guest.Token)));
        Assert.Empty(await guest.Lines());
    }

    [Fact]
    public async Task Twice_adds_once()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await guest.Add(sku, 3);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shopper.Merge(guest.Token)));
        Assert.Equal([(sku, 3)], Shopper.Lines(await shopper.Merge(guest.Token)));
    }

    [Fact]
    public async Task Clamps_to_999_of_one_sku()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await shopper.Add(sku, 600);
        await guest.Add(sku, 600);
        Assert.Equal([(sku, 999)], Shopper.Lines(await shopper.Merge(guest.Token)));
        Assert.Empty(await guest.Lines());
    }

    [Fact]
    public async Task Clamps_to_100_lines_and_keeps_the_shoppers_own()
    {
        var (shopper, guest, skus) = (market.Shopper(), market.Guest(), await market.Skus(110));
        foreach (var sku in skus[..99]) await shopper.Add(sku, 1);
        foreach (var sku in skus[98..110]) await guest.Add(sku, 1);
        var lines = Shopper.Lines(await shopper.Merge(guest.Token));
        Assert.Equal([.. skus[..98].Select(sku => (sku, 1)), (skus[98], 2), (skus[99], 1)], lines);
        Assert.Empty(await guest.Lines());
    }

    [Fact]
    public async Task An_empty_or_unheard_of_guests_cart_adds_nothing()
    {
        var (shopper, guest, sku) = (market.Shopper(), market.Guest(), await market.Sku());
        await shopper.Add(sku, 1);
        Assert.Equal([(sku, 1)], Shopper.Lines(await shopper.Merge(guest.Token)));
        await guest.Api.Delete("/api/cart");
        Assert.Equal([(sku, 1)], Shopper.Lines(await shopper.Merge(guest.Token)));
    }

    [Fact]
    public async Task A_guests_token_serves_for_thirty_days_after_its_end()
    {
        var (shopper, guest, sku, tokens) = (market.Shopper(), market.Guest(), await market.Sku(), market.Store.Tokens);
        await guest.Add(sku, 1);
        Assert.Equal(422, (await shopper.Merge(tokens.Make(guest.Id, ["guest"], [], TimeSpan.FromDays(-31)))).Status);
        Assert.Equal([(sku, 1)], Shopper.Lines(await shopper.Merge(tokens.Make(guest.Id, ["guest"], [], TimeSpan.FromDays(-29)))));
    }

    [Fact]
    public async Task Refuses_ones_own_a_shoppers_and_a_forged_token()
    {
        var (shopper, guest, other, sku) = (market.Shopper(), market.Guest(), market.Shopper(), await market.Sku());
        await other.Add(sku, 1);
        await guest.Add(sku, 1);
        using var forger = new Tokens(TimeProvider.System);
        foreach (var token in new[] { shopper.Token, other.Token, market.Store.Tokens.Staff(other.Id), forger.Guest(guest.Id), "nonsense", "" })
        {
            var reply = await shopper.Merge(token);
            Assert.Equal((422, "validation"), Both(reply));
            Assert.True(reply.Json.GetProperty("errors").TryGetProperty("guestToken", out _));
        }

        Assert.Equal((422, "validation"), Both(await shopper.Api.Post("/api/cart/merge", "{}")));
        Assert.Equal((422, "validation"), Both(await guest.Merge(guest.Token)));
        Assert.Equal([(sku, 1)], await other.Lines());
        Assert.Equal([(sku, 1)], await guest.Lines());
    }

    [Fact]
    public async Task A_guest_takes_over_nobodys_cart()
    {
        var (one, other, sku) = (market.Guest(), market.Guest(), await market.Sku());
        await other.Add(sku, 1);
        Assert.Equal((403, "forbidden"), Both(await one.Merge(other.Token)));
        Assert.Equal((401, "unauthenticated"), Both(await market.Store.Api("carts").Post("/api/cart/merge", new { guestToken = other.Token })));
        Assert.Equal([(sku, 1)], await other.Lines());
    }
}
