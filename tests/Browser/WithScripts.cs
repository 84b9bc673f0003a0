using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>The one script that there is: a page that waits for something keeps itself up to date. All other tests go without.</summary>
public class WithScripts(RunningShop shop)
{
    [Fact]
    public async Task An_orders_page_tells_by_itself_that_it_was_shipped_and_is_not_loaded_again()
    {
        await using var guest = await shop.NewVisitor(scripts: true);
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await guest.Page.EvaluateAsync("window.stayed = true");
        var staff = await shop.StaffApi();
        var order = new Uri(guest.Page.Url).AbsolutePath;
        Assert.Equal(200, (await staff.Post($"/api{order}/ship", new { carrier = "Hermes", trackingNumber = "H-78" })).Status);
        await Expect(guest.Heading).ToHaveTextAsync("It is on its way");
        await Expect(guest.Page.Locator(".panel")).ToContainTextAsync("H-78");
        await Expect(guest.Page.Locator("#news")).ToHaveTextAsync("It is on its way");
        Assert.Equal(200, (await staff.Post($"/api{order}/deliver")).Status);
        await Expect(guest.Heading).ToHaveTextAsync("It has arrived");
        Assert.True(await guest.Page.EvaluateAsync<bool>("window.stayed"));
        Assert.Empty(guest.Complaints);
    }

    [Fact]
    public async Task A_slow_payment_is_waited_for_and_thanked()
    {
        await using var guest = await shop.NewVisitor(390, scripts: true);
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay("pm_usBankAccount_success");
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        Assert.Empty(guest.Complaints);
    }
}
