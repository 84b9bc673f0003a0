using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Orders.Tests;

public sealed class EraseBuyerTests(Shop shop)
{
    [Fact]
    public async Task Erasing_a_user_takes_email_name_and_address_from_all_their_orders_and_keeps_the_figures()
    {
        var (user, guest) = (shop.NewId(), shop.NewId());
        var asUser = await shop.PlaceOne(shop.As(shop.Store.Tokens.Customer(user)));
        await shop.Tell("users", new GuestLinked(user, guest));
        var asGuest = await shop.PlaceOne(shop.As(shop.Store.Tokens.Guest(guest))); // with the guest's token, after the link or before
        var others = await shop.PlaceOne(shop.Customer());
        await shop.Tell("users", new UserErased(user));

        foreach (var order in (Guid[])[asUser, asGuest])
        {
            var seen = await Eventually.Get(() => shop.Staff().Get($"/api/orders/{order}"),
                reply => reply.Json.GetProperty("email").ValueKind == System.Text.Json.JsonValueKind.Null, "erasure");
            Assert.Equal(System.Text.Json.JsonValueKind.Null, seen.Json.GetProperty("shippingAddress").ValueKind);
            Assert.Equal(3100, seen.Json.GetProperty("total").GetProperty("amount").GetInt64());
            var message = await shop.MessageOf(order);
            Assert.Equal((null, null, 0), (message.Email, message.Name, message.Address.Length));
        }

        Assert.Equal("anna@example.org", (await shop.Staff().Get($"/api/orders/{others}")).Json.GetProperty("email").GetString());
    }

    [Fact]
    public async Task Answers_kept_for_replays_hold_no_personal_data()
    {
        var order = await shop.PlaceOne(shop.Customer());
        var kept = await shop.Store.Get<Database>("orders").Scalar<string>("SELECT answer FROM idempotency WHERE thing_id = @order", new { order });
        Assert.DoesNotContain("anna", kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Athens", kept, StringComparison.Ordinal);
    }
}
