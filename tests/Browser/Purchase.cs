using Stoa.Kit;
using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>From the home page to a paid order in a real browser, without JavaScript.</summary>
public class Purchase(RunningShop shop)
{
    [Theory, InlineData(1280), InlineData(390)]
    public async Task A_guest_walks_in_finds_something_and_pays_at_the_second_try(int width)
    {
        await using var guest = await shop.NewVisitor(width);
        await guest.Open("/");
        await guest.Page.Locator(".bays a", new() { HasText = "Kitchen" }).ClickAsync();
        await Expect(guest.Heading).ToHaveTextAsync("Kitchen");
        await guest.Page.Locator(".card a", new() { HasText = "Enamel milk pan" }).ClickAsync();
        await guest.Page.Locator(".choices a", new() { HasText = "Aegean" }).ClickAsync();
        await Expect(guest.Page.Locator(".choices [aria-current]")).ToContainTextAsync("Aegean");
        await guest.Press("Add to cart");
        await Expect(guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Status)).ToContainTextAsync("is in your cart");
        await guest.Follow("See the cart");
        await Expect(guest.Page.Locator(".cart-lines")).ToContainTextAsync("Enamel milk pan, aegean");
        await guest.Follow("Go to checkout");
        await guest.FillInAddress();
        await Expect(guest.Page.Locator(".review")).ToContainTextAsync("Adrianou 24");
        await guest.Press("Place the order");

        await guest.Pay(Visitor.Declined);
        await Expect(guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("Nothing was charged");
        await guest.Pay(Visitor.Visa);

        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Expect(guest.Page.Locator(".history")).ToContainTextAsync("Paid");
        await Expect(guest.Page.Locator(".panel")).ToContainTextAsync("Visa ending in");
        Assert.Equal(1, await guest.Orders());
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task The_cart_is_empty_once_the_order_is_paid()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Eventually.Is(async () =>
        {
            await guest.Open("/cart");
            return await guest.Page.Locator("text=Nothing in it yet").IsVisibleAsync();
        }, "an empty cart");
    }

    [Fact]
    public async Task A_guest_who_signs_up_on_the_way_keeps_the_cart_and_the_orders()
    {
        await using var visitor = await shop.NewVisitor();
        await visitor.PutIntoCart("clay-casserole");
        await visitor.PlaceOrder();
        await visitor.PutIntoCart("preserving-jar", 2);
        await visitor.SignUp("/cart");
        await Expect(visitor.Heading).ToHaveTextAsync("Your cart");
        await Expect(visitor.Page.Locator(".cart-lines")).ToContainTextAsync("Preserving jar");
        await visitor.PlaceOrder(isGuest: false);
        await visitor.Pay(Visitor.Visa);
        await Expect(visitor.Heading).ToHaveTextAsync("Thank you, it is yours");
        Assert.Equal(2, await visitor.Orders());
    }

    [Fact]
    public async Task Buy_now_goes_past_the_cart()
    {
        await using var guest = await shop.NewVisitor();
        await guest.Open("/products/clay-casserole");
        await guest.Press("Buy now");
        await guest.FillInAddress();
        await guest.Press("Place the order");
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    [Fact]
    public async Task A_double_click_and_the_back_button_place_one_order()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.Open("/checkout");
        await guest.FillInAddress();
        await guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Place the order" }).DblClickAsync();
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        await guest.Page.GoBackAsync();
        if (await guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Place the order" }).IsVisibleAsync())
        {
            await guest.Press("Place the order");
            await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        }
        Assert.Equal(1, await guest.Orders());
    }

    [Fact]
    public async Task An_order_that_is_not_wanted_is_cancelled_and_nothing_was_charged()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Press("Cancel this order");
        await Expect(guest.Heading).ToHaveTextAsync("Cancelled");
        await Expect(guest.Page.Locator(".lead")).ToContainTextAsync("Nothing was charged");
    }

    [Fact]
    public async Task More_than_there_is_is_told_with_what_is_left()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole", 900);
        await guest.PlaceOrder();
        await Expect(guest.Page.Locator(".shortages")).ToContainTextAsync("you wanted 900"); // at once, or on the order's page when Inventory was slow
        await guest.Open("/cart");
        await Expect(guest.Page.Locator(".cart-lines")).ToContainTextAsync("casserole");
    }
}
