using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stoa.Kit;
using Stoa.Launcher;
using Stoa.Supervision;

[assembly: AssemblyFixture(typeof(Stoa.Browser.RunningShop))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // a browser and a whole store are enough for two cores

namespace Stoa.Browser;

/// <summary>
/// A store with the demo catalogue, started once for all tests by the Launcher that people use, on a folder of its own;
/// and a browser. Where no Chromium is installed the tests are skipped, but never in CI.
/// </summary>
public sealed class RunningShop : IAsyncLifetime
{
    private static readonly string? Chromium = new[]
    {
        Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    }.FirstOrDefault(File.Exists);

    /// <summary>How long a page may take to show what it should: far longer than any person would wait, for a busy machine.</summary>
    private const float Patience = 60_000;

    /// <summary>Less than the quarter of an hour that an access lasts, by the time that the longest test takes.</summary>
    private static readonly TimeSpan AccessLasts = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-browser-");
    private Store? _store;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HttpClient? _http;
    private (string Cookies, long Since)? _staff;

    /// <summary>The shop's address.</summary>
    public string Address => _store!.PublicUrl.ToString().TrimEnd('/');

    /// <summary>Calls through the Gateway, as nobody.</summary>
    public Api Api => new(_http ??= new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(30) });

    /// <summary>Calls as a new guest.</summary>
    public async Task<Api> Guest()
    {
        var session = await Eventually.Get(() => Api.Post("/api/sessions/guest"), reply => reply.Status == 201, "a guest");
        return Api.As(session.Json.GetProperty("accessToken").GetString());
    }

    /// <summary>Calls as the store's own account.</summary>
    public async Task<Api> StaffApi()
    {
        var session = await Eventually.Get(() => Api.Post("/api/sessions", new { _store!.Staff.Email, _store.Staff.Password }), reply => reply.Status == 201, "staff's session");
        return Api.As(session.Json.GetProperty("accessToken").GetString());
    }

    /// <summary>While a process is down. It is back, and a purchase goes through again, before the next test.</summary>
    public async Task Without(string process, Func<Task> walk)
    {
        await _store![process].Stop();
        try
        {
            await walk();
        }
        finally
        {
            _store[process].Start();
            Assert.Equal(ProcessState.Ready, await _store[process].Settled(CancellationToken.None));
            await Eventually.Is(SellsAgain, $"a purchase, with {process} back");
        }
    }

    /// <summary>Whoever was called in vain tries again by and by: until then the shop would be well for one and not for another.</summary>
    private async Task<bool> SellsAgain()
    {
        if ((await Api.Get("/")).Status != 200 || (await Api.Get("/api/products?search=casserole&limit=1")) is not { Status: 200 } found) return false;
        if (await Api.Post("/api/sessions/guest") is not { Status: 201 } session) return false;
        var (guest, sku) = (Api.As(session.Json.GetProperty("accessToken").GetString()), found.Json.GetProperty("items")[0].GetProperty("variants")[0].GetProperty("sku").GetString());
        if (await guest.Post("/api/cart/items", new { sku, quantity = 1 }) is not { Status: 200 } cart) return false;
        var order = await guest.Post("/api/orders", new
        {
            items = new[] { new { sku, quantity = 1 } },
            shownTotal = cart.Json.GetProperty("subtotal"),
            email = "probe@example.org",
            shippingAddress = new { name = "Probe", line1 = "Adrianou 24", city = "Athens", postalCode = "105 55", country = "GR" },
        }, key: "order");
        return order.Status == 201 && (await guest.Post("/api/payments", new { orderId = order.Json.GetProperty("id").GetGuid(), method = Visitor.Visa }, key: "pay")).Status == 201;
    }

    /// <summary>Waits for a mail to an address; the store writes them as files.</summary>
    /// <param name="to">The address.</param>
    /// <param name="kind">The message's kind, such as <c>password_reset</c>.</param>
    public async Task<ReceivedMail> Mail(string to, string kind)
    {
        var folder = Path.Combine(_folder.FullName, "notifications", "mail");
        var mail = await Eventually.Get(async () =>
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, $"*.{kind}.eml") : [])
            {
                var read = ReceivedMail.Read(await File.ReadAllTextAsync(file));
                if (read.To.Contains(to, StringComparison.Ordinal)) return read;
            }

            return null;
        }, mail => mail is not null, $"a mail {kind} to {to}");
        return mail!;
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null && Environment.GetEnvironmentVariable("CI") != "true") return;
        try
        {
            await OpenShop();
            await StartBrowser();
        }
        catch
        {
            await DisposeAsync(); // nothing stays behind of a store that did not come up
            throw;
        }
    }

    private async Task OpenShop()
    {
        Environment.SetEnvironmentVariable("STOA_RATE_LIMITS", "off"); // all visitors of all tests come from one address
        var (options, repository) = (new StoreOptions(new DataFolder(_folder.FullName), Port: 0), Repository.Find());
        _store = Store.Open(options, Topology.Processes, repository);
        await _store.Start(CancellationToken.None);
        await FillStore.Run(_store, options.Data, repository, _ => { }, CancellationToken.None);
    }

    private async Task StartBrowser()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium ?? throw new InvalidOperationException("CI has no Chromium: install it, or name it in CHROMIUM."),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    /// <summary>A visitor with a browser of their own, JavaScript off unless asked for, who notes what the browser complains of.</summary>
    /// <param name="language">What the browser asks for, such as <c>de-DE</c>; its own without.</param>
    /// <param name="zone">Of the visitor's clock, such as <c>Asia/Kolkata</c>; the machine's without.</param>
    public Task<Visitor> NewVisitor(int width = 1280, bool dark = false, bool scripts = false, string? language = null, string? zone = null) => NewVisitor(width, dark, scripts, language, zone, cookies: null);

    private async Task<Visitor> NewVisitor(int width, bool dark, bool scripts, string? language, string? zone, string? cookies)
    {
        Assert.SkipWhen(Chromium is null, "No Chromium here: install it, or name it in CHROMIUM.");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = cookies,
            JavaScriptEnabled = scripts,
            TimezoneId = zone,
            ExtraHTTPHeaders = language is null ? null : new Dictionary<string, string> { ["Accept-Language"] = language },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
        });
        context.SetDefaultTimeout(Patience);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>A visitor who is logged in at the back office with the store's own account. Who logged in a short while ago
    /// lends the next one their cookies: an access that nobody has to renew can be used by many.</summary>
    public async Task<Visitor> NewStaff(int width = 1280, bool dark = false, bool scripts = false)
    {
        if (_staff is { } last && Stopwatch.GetElapsedTime(last.Since) < AccessLasts) return await NewVisitor(width, dark, scripts, language: null, zone: null, last.Cookies);
        var since = Stopwatch.GetTimestamp();
        var staff = await NewVisitor(width, dark, scripts);
        await staff.Open("/admin/login");
        await staff.Page.FillAsync("#email", _store!.Staff.Email);
        await staff.Page.FillAsync("#password", _store.Staff.Password);
        await staff.Press("Log in");
        await Assertions.Expect(staff.Page).ToHaveURLAsync(new Regex("/admin/orders$")); // looked at again and again: waiting for the page's load event may miss one that has been
        await staff.Open("/admin/orders");
        await Assertions.Expect(staff.Heading).ToHaveTextAsync("Orders");
        _staff = (await staff.Page.Context.StorageStateAsync(), since);
        return staff;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_store is not null) await _store.DisposeAsync();
        (_browser, _playwright, _store) = (null, null, null);
        if (Directory.Exists(_folder.FullName)) Directory.Delete(_folder.FullName, recursive: true);
    }
}
