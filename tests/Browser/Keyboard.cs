using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>A purchase without a mouse: everything is reached by Tab, in an order that follows the page, and pressed by Enter or Space.</summary>
public class Keyboard(RunningShop shop)
{
    private const int MostTabs = 120;

    [Fact]
    public async Task Buys()
    {
        await using var guest = await shop.NewVisitor();
        await guest.Open("/category/kitchen");
        await Reach(guest, "main .card a[href='/products/clay-casserole']");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Expect(guest.Page.Locator(".product-price")).ToBeVisibleAsync();
        await Reach(guest, ".buy button");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Reach(guest, ".notice a[href='/checkout']");
        await guest.Page.Keyboard.PressAsync("Enter");
        foreach (var (field, text) in ((string, string)[])[("email", "anna@example.org"), ("name", "Anna"), ("line1", "Adrianou 24"), ("postalCode", "105 55"), ("city", "Athens")])
        {
            await Reach(guest, "#" + field);
            await guest.Page.Keyboard.TypeAsync(text);
        }

        await guest.Page.Keyboard.PressAsync("Enter");
        await Reach(guest, ".panel form[action='/checkout'] button");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Reach(guest, $"input[value={Visitor.Visa}]");
        await guest.Page.Keyboard.PressAsync("Space");
        await Reach(guest, ".form > button");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    /// <summary>Tab by Tab from where the focus is, until it is there.</summary>
    private static async Task Reach(Visitor visitor, string selector)
    {
        await Expect(visitor.Page.Locator(selector).First).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.Locator($"{selector}:focus").CountAsync() == 1) return;
        }

        Assert.Fail($"{MostTabs} Tabs did not reach {selector}");
    }
}
