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

    /// <summary>What a screen reader tells, one thing after the other, is in the order in which one buys.</summary>
    [Theory, InlineData(1280), InlineData(390)]
    public async Task Is_read_out_in_the_order_of_buying(int width)
    {
        await using var guest = await shop.NewVisitor(width);
        await guest.Open("/products/enamel-milk-pan");
        await Expect(guest.Page.Locator("main")).ToMatchAriaSnapshotAsync("""
            - navigation "Where you are"
            - article:
              - img "Enamel milk pan"
              - heading "Enamel milk pan" [level=1]
              - paragraph: /oak grip/
              - paragraph: /^\$\d+\.\d{2}$/
              - navigation "Colour":
                - heading /Cream/ [level=2]
                - list:
                  - listitem:
                    - link "Cream"
                  - listitem:
                    - link "Aegean"
                  - listitem:
                    - link "Olive"
              - paragraph: In stock, ready to send
              - spinbutton "Quantity"
              - button "Add to cart"
              - button "Buy now"
              - heading "About it" [level=2]
            """);
        await guest.PutIntoCart("clay-casserole");
        await guest.Open("/checkout");
        await Expect(guest.Page.Locator("body")).ToMatchAriaSnapshotAsync("""
            - link "Skip to the content"
            - banner:
              - link "Stoa"
              - search
              - navigation "You"
              - navigation "Categories"
            - main:
              - list "Checkout"
              - heading "Where does it go?" [level=1]
              - textbox "E-mail"
              - heading "Shipping address" [level=2]
              - textbox "Name"
              - textbox "Street and number"
              - combobox "Country"
              - button "Go on to review"
              - complementary "What you buy"
            - contentinfo
            """);
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
