using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

public sealed class GetPaymentTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private Shop Shop => shared.Shop;

    [Fact]
    public async Task Lists_the_attempts_of_an_order_newest_first_in_pages()
    {
        var order = Shop.PlaceOrder();
        await Shop.Pay(order, "pm_card_visa_chargeDeclined");
        Shop.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await Shop.Pay(order);
        var first = (await Shop.As(Shop.Anna).Get($"/api/payments?orderId={order}&limit=1")).Json;
        Assert.Equal("succeeded", first.GetProperty("items")[0].GetProperty("status").GetString());
        var second = (await Shop.As(Shop.Anna).Get($"/api/payments?orderId={order}&limit=1&cursor={first.GetProperty("nextCursor")}")).Json;
        Assert.Equal("declined", second.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Equal("generic_decline", second.GetProperty("items")[0].GetProperty("declineCode").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        var internally = (await Shop.Store.Internal("payments").Get($"/internal/orders/{order}/payments")).Json;
        Assert.Equal(["succeeded", "declined"], internally.EnumerateArray().Select(one => one.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Another_buyers_payment_is_404_and_not_in_the_list()
    {
        var order = Shop.PlaceOrder();
        var paid = await Shop.Pay(order);
        var bob = Shop.As(Shop.NewId());
        Assert.Equal((404, "not_found"), Both(await bob.Get(paid.Header("Location")!)));
        Assert.Equal(0, (await bob.Get($"/api/payments?orderId={order}")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal((404, "not_found"), Both(await bob.Get($"/api/payments/{Shop.NewId()}")));
        Assert.Equal(404, (await bob.Get("/api/payments/nonsense")).Status);
    }

    [Fact]
    public async Task Refuses_a_list_of_no_order_and_a_caller_without_a_token()
    {
        Assert.Equal((400, "malformed"), Both(await Shop.As(Shop.Anna).Get("/api/payments")));
        Assert.Equal((400, "malformed"), Both(await Shop.As(Shop.Anna).Get("/api/payments?orderId=7")));
        Assert.Equal((400, "malformed"), Both(await Shop.As(Shop.Anna).Get($"/api/payments?orderId={Shop.NewId()}&limit=0")));
        Assert.Equal((401, "unauthenticated"), Both(await Shop.Store.Api("payments").Get($"/api/payments?orderId={Shop.NewId()}")));
    }

    [Fact]
    public async Task What_a_guest_paid_is_the_users_after_login()
    {
        var (guest, user) = (Shop.NewId(), Shop.NewId());
        var paid = await Shop.Pay(Shop.PlaceOrder(buyer: guest), buyer: guest);
        await Shop.Store.Get<Database>("users").Write(tx =>
        {
            tx.Append(new GuestLinked(user, guest));
            return Task.CompletedTask;
        });
        await Shop.Sees(() => Shop.As(user).Get(paid.Header("Location")!), reply => reply.Status == 200, "the user's payment");
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
