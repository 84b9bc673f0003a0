using Microsoft.Playwright;
using Stoa.Kit;
using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>The table in ARCHITECTURE, "When a part is down", as a shopper meets it; tests/Journeys asks the API the same.</summary>
public class WhenDown(RunningShop shop)
{
    private const string Resting = "One moment, please";

    [Fact]
    public async Task Users_nobody_new_comes_in_and_the_cart_is_there()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder(); // every service has seen the guest's token, and the key behind it
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        await shop.Without("users", async () =>
        {
            await guest.Open("/cart");
            await Expect(guest.Page.Locator(".cart-lines")).ToContainTextAsync("casserole");
            await guest.Open("/login");
            await guest.Page.FillAsync("#email", "anna@example.org");
            await guest.Page.FillAsync("#password", Visitor.Password);
            await guest.Press("Log in");
            await Expect(guest.Heading).ToHaveTextAsync(Resting);
        });
    }

    [Fact]
    public async Task Products_what_was_seen_is_shown_and_only_new_searches_rest()
    {
        await using var guest = await shop.NewVisitor(390);
        await guest.PutIntoCart("clay-casserole");
        await shop.Without("products", async () =>
        {
            await guest.Page.GotoAsync("/search?q=never+asked+before+" + Path.GetRandomFileName());
            await Expect(guest.Heading).ToHaveTextAsync(Resting);
            await guest.Open("/products/clay-casserole");
            await Expect(guest.Page.Locator(".product-price")).ToBeVisibleAsync();
            await guest.PlaceOrder();
            await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        });
    }

    [Fact]
    public async Task Inventory_the_order_is_taken_and_the_page_goes_on_by_itself_once_it_is_confirmed()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await shop.Without("inventory", async () =>
        {
            await guest.PlaceOrder();
            await Expect(guest.Heading).ToHaveTextAsync("We are confirming your order");
        });
        await Expect(guest.Heading).ToHaveTextAsync("Waiting for your payment");
    }

    [Fact]
    public async Task Carts_one_buys_straight_from_the_page()
    {
        var axe = await Accessible.Axe();
        await using var guest = await shop.NewVisitor(scripts: true); // axe is one
        await guest.PutIntoCart("clay-casserole");
        await shop.Without("carts", async () =>
        {
            await guest.Page.GotoAsync("/cart");
            await Expect(guest.Heading).ToHaveTextAsync(Resting);
            Assert.Empty(await Accessible.LightAndDark(guest.Page, axe));
            await guest.Open("/products/clay-casserole");
            await guest.Press("Buy now");
            await guest.FillInAddress();
            await guest.Press("Place the order");
            await guest.Pay(Visitor.Visa);
            await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        });
    }

    [Fact]
    public async Task Orders_the_checkout_rests_and_the_cart_is_kept()
    {
        await using var guest = await shop.NewVisitor(390);
        await guest.PutIntoCart("clay-casserole");
        await shop.Without("orders", async () =>
        {
            await guest.Page.GotoAsync("/checkout");
            await Expect(guest.Heading).ToHaveTextAsync(Resting);
            await guest.Open("/cart");
            await Expect(guest.Page.Locator(".cart-lines")).ToContainTextAsync("casserole");
        });
    }

    [Theory, InlineData("payments"), InlineData("sandbox")]
    public async Task Payments_or_the_provider_the_order_waits_and_is_paid_later(string part)
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await shop.Without(part, async () =>
        {
            await guest.PlaceOrder();
            await Expect(guest.Heading).ToContainTextAsync("Pay for order");
            if (part is "payments") await Expect(guest.Page.GetByText("nothing is lost if you pay later")).ToBeVisibleAsync();
            await guest.Press("Pay $");
            // Whether the provider had the payment when it went is not always known: then it is found out when it is back.
            await Expect(guest.Page.GetByText("is resting just now").Or(guest.Page.GetByText("Your payment is on its way")).First).ToBeVisibleAsync();
        });
        await Eventually.Is(() => IsPaid(guest), "the order paid");
        Assert.Equal(1, await guest.Orders());
    }

    /// <summary>Looks at the one order, and pays it where it still waits for that.</summary>
    private static async Task<bool> IsPaid(Visitor guest)
    {
        await guest.Open("/orders");
        await guest.Page.Locator(".orders-number").First.ClickAsync();
        if (await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Pay $" }).IsVisibleAsync())
        {
            await guest.Follow("Pay $");
            await guest.Pay(Visitor.Visa);
        }

        return await guest.Heading.TextContentAsync() is "Thank you, it is yours";
    }

    [Fact]
    public async Task Notifications_all_goes_on_and_the_mail_comes_later()
    {
        var email = $"guest.{Path.GetRandomFileName()}@example.org";
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await shop.Without("notifications", async () =>
        {
            await guest.PlaceOrder(email: email);
            await guest.Pay(Visitor.Visa);
            await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        });
        await shop.Mail(email, "order_paid");
    }

    [Fact]
    public async Task Storefront_a_page_says_so_and_goes_on_by_itself()
    {
        await using var guest = await shop.NewVisitor(390);
        await shop.Without("storefront", async () =>
        {
            await guest.Page.GotoAsync("/cart");
            await Expect(guest.Page.Locator("body")).ToContainTextAsync("moment");
        });
        await Expect(guest.Heading).ToHaveTextAsync("Your cart");
    }
}
