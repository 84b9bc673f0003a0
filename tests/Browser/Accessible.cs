using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>Every page under axe-core (npm, pinned by Axe/package-lock.json), light and dark: WCAG 2.2 A and AA and axe's
/// best practices. A page that waits for something reloads itself, which axe counts against it (without a script there is no
/// other way): such a page is looked at when it has come to rest. It needs npm, and the first time its registry; where they are missing it is skipped, but
/// never in CI.</summary>
public class Accessible(RunningShop shop)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Axe");
    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") == "true";
    private static readonly SemaphoreSlim Installing = new(1, 1);

    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Is_every_page(int width, bool dark)
    {
        var axe = await Axe();
        await using var visitor = await shop.NewVisitor(width, dark, scripts: true); // axe is one
        var found = new List<string>();
        async Task Look(string? path = null)
        {
            if (path is not null) await visitor.Open(path);
            found.AddRange(await Violations(visitor.Page, axe));
        }

        await visitor.Open("/login");
        await visitor.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('button'))");
        Assert.Contains(await Violations(visitor.Page, axe), one => one.Contains("button-name", StringComparison.Ordinal)); // it does find faults

        foreach (var path in (string[])["/", "/category/kitchen", "/search?q=lamp", "/search?q=nosuchthing", "/products/amphora-vase", "/cart", "/orders",
            "/login", "/signup", "/forgotten-password", "/reset-password?token=x", "/confirm-email?token=x", "/orders/by-link?token=x", "/nowhere"]) await Look(path);
        await visitor.PutIntoCart("amphora-vase");
        await Look();
        await Look("/cart");
        await Look("/checkout");
        await visitor.FillInAddress();
        await Look();
        await visitor.Press("Place the order");
        await Look();
        await visitor.Pay(Visitor.Declined);
        await Look();
        await visitor.Pay(Visitor.StripesPage);
        await Look();
        await visitor.Follow("Back to the shop without paying");
        await Look();
        await visitor.Pay(Visitor.Visa);
        await Assertions.Expect(visitor.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Look();
        await visitor.SignUp("/account");
        await Look();
        await Look("/account/delete");
        await Look("/account/addresses");
        await Look("/account/addresses/new");
        await visitor.SaveAddress();
        await Look();
        await visitor.PutIntoCart("amphora-vase");
        await Look("/checkout");
        Assert.Empty(found);
    }

    [Theory, InlineData(1280), InlineData(390)]
    public async Task Is_every_page_of_the_back_office(int width)
    {
        var axe = await Axe();
        await using var buyer = await shop.NewVisitor();
        var customer = await buyer.SignUp();
        await buyer.PutIntoCart("amphora-vase");
        await buyer.PlaceOrder(isGuest: false);
        await shop.Mail(customer, "order_placed");
        await buyer.Pay(Visitor.Visa);
        await Assertions.Expect(buyer.Heading).ToHaveTextAsync("Thank you, it is yours");

        await using var staff = await shop.NewStaff(width, scripts: true);
        var found = new List<string>();
        foreach (var path in StaffTasks.Rooms)
        {
            await staff.Open(path);
            found.AddRange(await LightAndDark(staff.Page, axe));
        }

        foreach (var path in (string[])["/admin/orders?status=paid", "/admin/customers", "/admin/messages", "/admin/staff"])
        {
            await staff.Open(path);
            await staff.Page.Locator("tbody th a").First.ClickAsync();
            await Assertions.Expect(staff.Page.Locator(".crumbs [aria-current]")).ToBeVisibleAsync();
            found.AddRange(await LightAndDark(staff.Page, axe));
        }

        await staff.Open("/admin/products?q=amphora");
        await staff.Page.Locator("tbody th a").First.ClickAsync();
        await Assertions.Expect(staff.Page.Locator(".story")).ToContainTextAsync("Created");
        found.AddRange(await LightAndDark(staff.Page, axe));
        await staff.Page.FillAsync("#price-0", "a lot");
        await staff.Press("Save");
        await Assertions.Expect(staff.Page.Locator("#price-0-error")).ToBeVisibleAsync();
        found.AddRange(await LightAndDark(staff.Page, axe));
        await using var nobody = await shop.NewVisitor(width, scripts: true);
        await nobody.Open("/admin/login");
        found.AddRange(await LightAndDark(nobody.Page, axe));
        Assert.Empty(found);
    }

    [Fact]
    public async Task Is_a_purchase_in_German_whose_long_words_fit_a_narrow_window_and_the_mail_is_German_too()
    {
        const int width = 360;
        var axe = await Axe();
        await using var visitor = await shop.NewVisitor(width, scripts: true, language: "de-DE");
        var page = visitor.Page;
        var found = new List<string>();
        async Task Look(string heading)
        {
            await Assertions.Expect(visitor.Heading).ToHaveTextAsync(heading);
            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
            found.AddRange(await Violations(page, axe));
            await visitor.Fits(width);
        }

        foreach (var (path, heading) in ((string, string)[])[("/", "Viele kleine Läden unter einem Dach."), ("/search?q=nosuchthing", "„nosuchthing“"), ("/login", "Anmelden"), ("/signup", "Konto eröffnen"), ("/nowhere", "Nicht unter unserem Dach")])
        {
            await visitor.Open(path);
            await Look(heading);
        }

        await visitor.Open("/products/amphora-vase");
        await page.Locator(".buy .button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".notice-good")).ToContainTextAsync("liegt im Warenkorb");
        found.AddRange(await Violations(page, axe));
        await visitor.Fits(width);
        await visitor.Open("/cart");
        await Look("Ihr Warenkorb");
        await visitor.Open("/checkout");
        await Look("Wohin dürfen wir liefern?");
        var email = $"anna.{Path.GetRandomFileName()}@example.org";
        await visitor.FillInAddress(email: email, onward: "Weiter zur Prüfung");
        await Look("Ist alles richtig?");
        await visitor.Press("Zahlungspflichtig bestellen");
        await Assertions.Expect(visitor.Heading).ToContainTextAsync("bezahlen");
        found.AddRange(await Violations(page, axe));
        await visitor.Fits(width);
        await page.CheckAsync($"input[value={Visitor.Visa}]");
        await visitor.Press("bezahlen");
        await Look("Vielen Dank, es gehört Ihnen");
        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
        Assert.StartsWith("Vielen Dank: Ihre Bestellung", (await shop.Mail(email, "order_paid")).Subject, StringComparison.Ordinal);
    }

    /// <summary>The same page in both: between them nothing but colours differs, which one of axe's rules is about. Without
    /// motion, for a colour on its way to another is neither.</summary>
    internal static async Task<string[]> LightAndDark(IPage page, string axe)
    {
        var light = await Violations(page, axe);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        var dark = await Violations(page, axe, ", runOnly: ['color-contrast']");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        return [.. light, .. dark];
    }

    /// <summary>What axe finds on the page when it has come to rest: one that leads on while it is looked at is looked at again.</summary>
    /// <param name="only">Further options: all rules without.</param>
    private static async Task<string[]> Violations(IPage page, string axe, string only = "")
    {
        while (true)
        {
            await Assertions.Expect(page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(0);
            try
            {
                var result = await page.EvaluateAsync<JsonElement>($"async () => {{ {axe}; return (await axe.run(document, {{ resultTypes: ['violations']{only} }})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')); }}")
                    .WaitAsync(TimeSpan.FromMinutes(2)); // the browser sets no limit of its own
                return [.. result.EnumerateArray().Select(one => $"{new Uri(page.Url).PathAndQuery} {one.GetString()}")];
            }
            catch (PlaywrightException left) when (left.Message.Contains("Execution context was destroyed", StringComparison.Ordinal))
            {
                continue;
            }
        }
    }

    /// <summary>The library's text, fetched once.</summary>
    internal static async Task<string> Axe()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var file = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
            if (!File.Exists(file) && !await Install())
            {
                Assert.False(InCi, "npm ci failed");
                Assert.Skip("npm or its registry is not reachable");
            }

            return await File.ReadAllTextAsync(file);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<bool> Install()
    {
        // On Windows, npm is a script that only the shell starts.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", "npm", "ci", "--no-audit", "--no-fund"]) : new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]);
        start.WorkingDirectory = Folder;
        try
        {
            using var npm = Process.Start(start)!;
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // npm is not here
        }
    }
}
