using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>Ways to press the button twice, or too late, and what comes of them: one order, or none.</summary>
public class OneOrder(RunningShop shop)
{
    [Fact]
    public async Task Two_tabs_of_one_checkout()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        var other = await guest.AnotherTab();
        foreach (var tab in (Visitor[])[guest, other])
        {
            await tab.Open("/checkout");
            await tab.FillInAddress();
        }

        await guest.Press("Place the order");
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        await other.Press("Place the order");
        await Expect(other.Heading).ToHaveTextAsync(await guest.Heading.TextContentAsync() ?? "");
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await other.Pay(Visitor.Visa); // the form for paying still stands there
        await Expect(other.Heading).ToHaveTextAsync("Thank you, it is yours");
        Assert.Equal(1, await guest.Orders());
    }

    [Fact]
    public async Task The_back_button_after_paying()
    {
        await using var guest = await shop.NewVisitor(390);
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await guest.Page.GoBackAsync();
        await guest.Page.ReloadAsync();
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await guest.Open("/checkout/review");
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        Assert.Equal(1, await guest.Orders());
    }

    [Fact]
    public async Task A_session_that_ended_at_the_last_step()
    {
        await using var anna = await shop.NewVisitor();
        var email = await anna.SignUp("/");
        await anna.PutIntoCart("clay-casserole");
        await anna.Open("/checkout");
        await anna.FillInAddress(isGuest: false);
        await anna.LoseSession();
        await anna.Press("Place the order");
        await Expect(anna.Page.GetByText("Log in to go on")).ToBeVisibleAsync();
        await anna.LogIn(email);
        await Expect(anna.Page.Locator(".cart-lines")).ToContainTextAsync("casserole");
        Assert.Equal(0, await anna.Orders());
        await anna.PlaceOrder(isGuest: false);
        await Expect(anna.Heading).ToContainTextAsync("Pay for order");
    }

    [Fact]
    public async Task An_access_that_ended_is_renewed_unseen()
    {
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.Open("/checkout");
        await guest.FillInAddress();
        await guest.LoseAccess();
        await guest.Press("Place the order");
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        Assert.Equal(1, await guest.Orders());
    }
}
