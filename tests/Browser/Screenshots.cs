using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>Takes the pictures for the README into the folder named by STOA_SCREENSHOTS; see docs/screenshots/take.sh.</summary>
public class Screenshots(RunningShop shop)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("STOA_SCREENSHOTS");

    [Theory, InlineData(1280, false), InlineData(390, false), InlineData(1280, true), InlineData(390, true)]
    public async Task Of_a_purchase(int width, bool dark)
    {
        await using var guest = await shop.NewVisitor(width, dark);
        async Task Take(string name)
        {
            await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await guest.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = (name, width) is not (("home", 1280) or ("order", 390)) });
        }

        await guest.Open("/");
        await Take("home");
        await guest.Open("/category/kitchen");
        await Take("category");
        await guest.Open("/search?q=lamp");
        await Take("search");
        await guest.PutIntoCart("enamel-milk-pan", 2);
        await Take("product");
        await guest.PutIntoCart("amphora-vase");
        await guest.Open("/cart");
        await Take("cart");
        await guest.Follow("Go to checkout");
        await Take("checkout");
        await guest.FillInAddress();
        await Take("review");
        await guest.Press("Place the order");
        await Take("pay");
        await guest.Pay(Visitor.Declined);
        await Take("declined");
        await guest.Pay(Visitor.Visa);
        await Assertions.Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Take("order");
        await guest.Open("/nowhere");
        await Take("missing");
    }

    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Of_a_purchase_in_German(int width, bool dark)
    {
        await using var guest = await shop.NewVisitor(width, dark, language: "de-DE");
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await guest.Open(path);
            await guest.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}-de{(dark ? "-dark" : "")}.png"), FullPage = true });
        }

        await Take("home", "/");
        await Take("category", "/category/kitchen");
        await guest.Open("/products/enamel-milk-pan");
        await guest.Press("In den Warenkorb");
        await Take("product");
        await Take("cart", "/cart");
        await Take("checkout", "/checkout");
        await guest.FillInAddress(onward: "Weiter zur Prüfung");
        await Take("review");
        await guest.Press("Zahlungspflichtig bestellen");
        await Take("pay");
        await guest.Page.CheckAsync($"input[value={Visitor.Visa}]");
        await guest.Press("bezahlen");
        await Assertions.Expect(guest.Heading).ToHaveTextAsync("Vielen Dank, es gehört Ihnen");
        await Take("order");
        await Take("signup", "/signup");
        await Take("missing", "/nowhere");
    }

    [Theory, InlineData(1280, false), InlineData(1280, true), InlineData(390, false), InlineData(390, true)]
    public async Task Of_the_back_office(int width, bool dark)
    {
        await using var buyer = await shop.NewVisitor();
        await buyer.PutIntoCart("enamel-milk-pan", 2);
        await buyer.PutIntoCart("amphora-vase");
        await buyer.PlaceOrder();
        await buyer.Pay(Visitor.Declined);
        await buyer.Pay(Visitor.Visa);
        await Assertions.Expect(buyer.Heading).ToHaveTextAsync("Thank you, it is yours");
        await using var staff = await shop.NewStaff(width, dark);
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await staff.Open(path);
            await staff.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"office-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        }

        await Take("orders", "/admin/orders");
        await Take("none", "/admin/orders?q=nobody@example.org");
        await staff.Open("/admin/orders?status=paid");
        await staff.Page.Locator("tbody th a").First.ClickAsync();
        await Take("order");
        await Take("stock", "/admin/stock");
        await Take("sku", "/admin/stock/AMPH-TERRA-S");
        await Take("operations", "/admin/operations");
        await Take("missing", "/admin/nowhere");
        await using var nobody = await shop.NewVisitor(width, dark);
        await nobody.Open("/admin");
        await nobody.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"office-login-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
    }

    /// <summary>What a cart looks like in which nothing stayed as it was.</summary>
    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Of_what_changed(int width, bool dark)
    {
        await using var dearer = await OwnProduct.ForSale(shop, priceMinor: 1000, stock: 5);
        await using var shorter = await OwnProduct.ForSale(shop, priceMinor: 2400, stock: 2);
        await using var guest = await shop.NewVisitor(width, dark);
        async Task Take(string name) =>
            await guest.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });

        await guest.PutIntoCart(dearer.Slug);
        await guest.PutIntoCart(shorter.Slug, 3);
        await dearer.Costs(1250);
        await guest.Open("/cart");
        await Take("cart-moved");
        await guest.PlaceOrder();
        await Take("sold-out");
    }

    /// <summary>Where the bank or Stripe asks, and the mails about it.</summary>
    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Of_pages_elsewhere(int width, bool dark)
    {
        var email = $"anna.{Path.GetRandomFileName()}@example.org";
        await using var guest = await shop.NewVisitor(width, dark);
        async Task Take(string name) =>
            await guest.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });

        await guest.PutIntoCart("amphora-vase");
        await guest.PlaceOrder(email: email);
        var order = guest.Page.Url;
        await guest.Pay(Visitor.BankAsks);
        await Take("bank-asks");
        await guest.Follow("Go to your bank’s page");
        await Take("bank");
        await guest.Open(order);
        await guest.Pay(Visitor.StripesPage);
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the shop without paying" })).ToBeVisibleAsync();
        await Take("stripe");
        await guest.Open(order);
        await guest.Pay(Visitor.Visa);
        await Assertions.Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        foreach (var kind in (string[])["order_placed", "order_paid"])
        {
            await guest.Page.GotoAsync("about:blank"); // a mail is read under no policy of the shop
            await guest.Page.SetContentAsync((await shop.Mail(email, kind)).Html);
            await Take("mail-" + kind.Replace('_', '-'));
        }
    }

    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Of_parts_that_are_down(int width, bool dark)
    {
        await using var guest = await shop.NewVisitor(width, dark);
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await guest.Page.GotoAsync(path);
            await guest.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"down-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        }

        await guest.PutIntoCart("clay-casserole");
        await shop.Without("carts", () => Take("carts", "/cart"));
        await shop.Without("storefront", () => Take("storefront", "/cart"));
        await shop.Without("payments", async () =>
        {
            await guest.PlaceOrder();
            await Take("payments");
        });
        await guest.PutIntoCart("amphora-vase");
        await shop.Without("inventory", async () =>
        {
            await guest.PlaceOrder();
            await Take("inventory");
        });
    }

    /// <summary>The card that previews of links show is a picture of its own page.</summary>
    [Fact]
    public async Task Of_the_card()
    {
        await using var visitor = await shop.NewVisitor();
        await visitor.Page.SetViewportSizeAsync(1200, 630);
        var root = Launcher.Repository.Find().Root;
        await visitor.Page.GotoAsync(new Uri(Path.Combine(root, "tests", "Browser", "card.html")).ToString());
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(root, "src", "Storefront", "wwwroot", "card.png") });
    }

    [Theory, InlineData(1280, false), InlineData(1280, true), InlineData(390, false), InlineData(390, true)]
    public async Task Of_the_back_offices_products(int width, bool dark)
    {
        await using var staff = await shop.NewStaff(width, dark);
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await staff.Open(path);
            await staff.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"office-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        }

        await Take("products", "/admin/products");
        await staff.Page.Locator("tbody th a").First.ClickAsync();
        await Take("product");
        await staff.Page.FillAsync("#price-0", "a lot");
        await staff.Press("Save");
        await Take("product-refused");
        await Take("product-new", "/admin/products/new");
        await Take("import", "/admin/import");
        await staff.Page.SetInputFilesAsync("#file", StaffTasks.Brought("spring.csv", "Handle,Title,Variant SKU,Variant Price\namphora-vase,Amphora vase,AMPH-TERRA-S,44.00\nlyre,Lyre,LYRE-1,120.00\nflute,Flute,FLUTE-1,much\n"));
        await staff.Press("Look at it");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Nothing was written yet");
        await Take("import-preview");
    }

    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task Of_an_account(int width, bool dark)
    {
        await using var anna = await shop.NewVisitor(width, dark);
        async Task Take(string name, string? path = null)
        {
            if (path is not null) await anna.Open(path);
            await anna.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
        }

        await Take("login", "/login");
        await Take("forgotten-password", "/forgotten-password");
        await Take("reset-password", "/reset-password?token=x");
        await Take("confirm-email", "/confirm-email?token=x");
        await Take("link-ended", "/orders/by-link?token=x");
        await anna.SignUp("/account");
        await Take("account");
        await Take("account-delete", "/account/delete");
        await Take("address-new", "/account/addresses/new");
        await anna.SaveAddress();
        await Take("addresses");
        await anna.PutIntoCart("amphora-vase");
        await Take("checkout-signed-in", "/checkout");
    }
}
