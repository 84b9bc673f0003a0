using Microsoft.Playwright;
using Stoa.Kit;
using Stoa.Launcher;

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

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-browser-");
    private Store? _store;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The shop's address.</summary>
    public string Address => _store!.PublicUrl.ToString().TrimEnd('/');

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
    public async Task<Visitor> NewVisitor(int width = 1280, bool dark = false, bool scripts = false, string? language = null)
    {
        Assert.SkipWhen(Chromium is null, "No Chromium here: install it, or name it in CHROMIUM.");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address,
            JavaScriptEnabled = scripts,
            ExtraHTTPHeaders = language is null ? null : new Dictionary<string, string> { ["Accept-Language"] = language },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
        });
        context.SetDefaultTimeout(Patience);
        return new(context, await context.NewPageAsync());
    }

    /// <summary>A visitor who has logged in at the back office with the store's own account.</summary>
    public async Task<Visitor> NewStaff(int width = 1280, bool dark = false, bool scripts = false)
    {
        var staff = await NewVisitor(width, dark, scripts);
        await staff.Open("/admin/login");
        await staff.Page.FillAsync("#email", _store!.Staff.Email);
        await staff.Page.FillAsync("#password", _store.Staff.Password);
        await staff.Press("Log in");
        await staff.Page.WaitForURLAsync("**/admin/orders");
        await staff.Open("/admin/orders");
        await Assertions.Expect(staff.Heading).ToHaveTextAsync("Orders");
        return staff;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_store is not null) await _store.DisposeAsync();
        (_browser, _playwright, _store) = (null, null, null);
        if (Directory.Exists(_folder.FullName)) Directory.Delete(_folder.FullName, recursive: true);
    }
}
