using Microsoft.Playwright;
using Stoa.Kit;

namespace Stoa.Browser;

/// <summary>Someone in the shop, in words of the shop.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public const string Visa = "pm_card_visa";
    public const string Declined = "pm_card_visa_chargeDeclined";
    public const string BankAsks = "pm_card_authenticationRequired";
    public const string StripesPage = "checkout";

    private static readonly System.Text.RegularExpressions.Regex Answered = new("the server responded with a status of (4|503)");

    /// <summary>Everybody's here.</summary>
    public const string Password = "olive trees and wine";

    private readonly IBrowserContext _context;

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            // A page that answers 4xx or 503 is noted too; what is looked for is a broken policy or a missing file.
            if (message.Type == "error" && !Answered.IsMatch(message.Text)) Complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser's console had to say.</summary>
    public List<string> Complaints { get; } = [];

    public ILocator Heading => Page.Locator("h1");

    /// <summary>Opens a page; one that says that a busy machine did not answer in time is asked for again, as it says to.</summary>
    public Task Open(string path) => Eventually.Is(async () => (await Page.GotoAsync(path))?.Status is not 503, path);

    public Task Press(string button) => Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    public Task Follow(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    /// <summary>Nothing of the page sticks out of a window of this width.</summary>
    public async Task Fits(int width)
    {
        var body = (await Page.Locator("body").BoundingBoxAsync())!;
        Assert.True(body.Width <= width, $"{Page.Url} is {body.Width} wide in a window of {width}");
        foreach (var part in await Page.Locator("header, main, footer, main img, main input:not([type=hidden]), main .button").AllAsync())
        {
            if (await part.BoundingBoxAsync() is { } box) Assert.True(box.X >= -1 && box.X + box.Width <= width + 1, $"{Page.Url}: {await part.GetAttributeAsync("class")} sticks out of {width}: {box.X}..{box.X + box.Width}");
        }
    }

    public async Task PutIntoCart(string slug, int quantity = 1)
    {
        await Open("/products/" + slug);
        await Page.FillAsync("#quantity", quantity.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Press("Add to cart");
        await Assertions.Expect(Page.Locator(".notice-good")).ToBeVisibleAsync(); // a click does not wait for its page: whoever goes on at once would call it off
    }

    /// <summary>From the cart or a product to the page where the order is placed.</summary>
    public async Task FillInAddress(bool isGuest = true, string email = "anna@example.org", string onward = "Go on to review")
    {
        if (isGuest) await Page.FillAsync("#email", email);
        await FillIn();
        await Press(onward);
        await Assertions.Expect(Page.Locator(".review")).ToBeVisibleAsync();
    }

    /// <summary>At the form for a new address of the book.</summary>
    public async Task SaveAddress()
    {
        await FillIn();
        await Press("Save");
        await Assertions.Expect(Page.Locator(".book")).ToBeVisibleAsync();
    }

    private async Task FillIn()
    {
        await Page.FillAsync("#name", "Anna Kallistou");
        await Page.FillAsync("#line1", "Adrianou 24");
        await Page.FillAsync("#postalCode", "105 55");
        await Page.FillAsync("#city", "Athens");
        await Page.SelectOptionAsync("#country", "GR");
    }

    public async Task PlaceOrder(bool isGuest = true, string email = "anna@example.org")
    {
        await Open("/checkout");
        await FillInAddress(isGuest, email);
        await Press("Place the order");
        await Assertions.Expect(Page.Locator(".review")).ToHaveCountAsync(0);
    }

    public async Task Pay(string method)
    {
        await Page.CheckAsync($"input[value={method}]");
        await Press("Pay $");
    }

    /// <summary>The same visitor, in the same browser.</summary>
    public async Task<Visitor> AnotherTab() => new(_context, await _context.NewPageAsync());

    /// <summary>The access token has run out; what renews it has not.</summary>
    public Task LoseAccess() => _context.ClearCookiesAsync(new() { Name = "stoa.access" });

    public async Task LoseSession()
    {
        await LoseAccess();
        await _context.ClearCookiesAsync(new() { Name = "stoa.refresh" });
    }

    /// <summary>At the page to log in; one that says that a busy machine did not answer in time is asked again, as it says to.</summary>
    public Task LogIn(string email) => Eventually.Is(async () =>
    {
        await Page.FillAsync("#email", email);
        await Page.FillAsync("#password", Password);
        await Press("Log in");
        await Assertions.Expect(Page.Locator("main #password")).ToHaveCountAsync(0);
        if (await Heading.TextContentAsync() is not "One moment, please") return true;
        await Page.GoBackAsync();
        return false;
    }, "a login");

    /// <returns>The new account's address.</returns>
    public async Task<string> SignUp(string returnUrl = "/")
    {
        var email = $"anna.{Path.GetRandomFileName()}@example.org";
        await Open("/signup?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await Page.FillAsync("#name", "Anna");
        await Page.FillAsync("#email", email);
        await Page.FillAsync("#password", Password);
        await Press("Open the account");
        await Assertions.Expect(Page.Locator(".self a[href='/account']")).ToBeVisibleAsync();
        return email;
    }

    public async Task<int> Orders()
    {
        await Open("/orders");
        return await Page.Locator(".orders li").CountAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
