using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>The scripts that there are: a page that waits for something keeps itself up to date, and times are by the visitor's own clock. All other tests go without.</summary>
public class WithScripts(RunningShop shop)
{
    [Fact]
    public async Task An_orders_page_tells_by_itself_that_it_was_shipped_and_is_not_loaded_again()
    {
        await using var guest = await shop.NewVisitor(scripts: true, language: "en-US", zone: "Asia/Kathmandu");
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await guest.Page.EvaluateAsync("window.stayed = true");
        await TimesAreKathmandus(guest.Page);
        var staff = await shop.StaffApi();
        var order = new Uri(guest.Page.Url).AbsolutePath;
        Assert.Equal(200, (await staff.Post($"/api{order}/ship", new { carrier = "Hermes", trackingNumber = "H-78" })).Status);
        await Expect(guest.Heading).ToHaveTextAsync("It is on its way");
        await Expect(guest.Page.Locator(".panel")).ToContainTextAsync("H-78");
        await Expect(guest.Page.Locator("#news")).ToHaveTextAsync("It is on its way");
        await TimesAreKathmandus(guest.Page); // in what came later, too
        Assert.Equal(200, (await staff.Post($"/api{order}/deliver")).Status);
        await Expect(guest.Heading).ToHaveTextAsync("It has arrived");
        Assert.True(await guest.Page.EvaluateAsync<bool>("window.stayed"));
        Assert.Empty(guest.Complaints);
    }

    /// <summary>A zone that is three quarters of an hour off every other: no clock but the visitor's says so.</summary>
    private static async Task TimesAreKathmandus(IPage page)
    {
        var time = page.Locator(".history time").Last;
        var at = DateTimeOffset.Parse(await time.GetAttributeAsync("datetime") ?? "", CultureInfo.InvariantCulture).ToOffset(new(5, 45, 0));
        await Expect(time).ToContainTextAsync(at.ToString("h:mm", CultureInfo.InvariantCulture));
        await Expect(time).ToHaveAttributeAsync("title", new Regex("UTC$"));
        await Expect(time).Not.ToContainTextAsync("UTC");
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
