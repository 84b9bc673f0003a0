using System.Globalization;
using AngleSharp.Dom;
using Stoa.Contracts;

namespace Stoa.Storefront.Tests;

/// <summary>The shop in its other language: which page is in which, and that nothing of it stays English.</summary>
public class German
{
    private static readonly (string, string)[] Address =
        [("email", "anna@example.org"), ("name", "Anna"), ("line1", "Adrianou 24"), ("line2", ""), ("city", "Athen"), ("region", ""), ("postalCode", "105 55"), ("country", "GR")];

    private static async Task<Shop> Open(string languages = "de-DE,de;q=0.9,en;q=0.5")
    {
        var shop = await Shop.Open();
        shop.Visitor.Reads(languages);
        return shop;
    }

    [Fact]
    public async Task Is_spoken_from_the_front_to_the_order()
    {
        await using var shop = await Open();
        var visitor = shop.Visitor;
        Assert.Equal("Viele kleine Läden unter einem Dach.", InGerman(await visitor.Get("/")).Heading);
        Assert.Contains("2 Artikel", InGerman(await visitor.Get("/category/kitchen")).Text, StringComparison.Ordinal);
        InGerman(await visitor.Get("/search?q=bowl"));
        var product = InGerman(await visitor.Get("/products/bowl"));
        Assert.Equal("19,00\u00A0$", product.Html.QuerySelector(".product-price")!.TextContent);
        await visitor.Submit(product, "/cart/items");
        InGerman(await visitor.Get("/products/bowl?sku=bowl-S&added=yes"));
        InGerman(await visitor.Get("/products/bowl?refused=quantity"));
        Assert.Equal("Ihr Warenkorb", InGerman(await visitor.Get("/cart")).Heading);
        var checkout = InGerman(await visitor.Get("/checkout"));
        Assert.Equal("Griechenland", checkout.Html.QuerySelector("option[value=GR]")!.TextContent);
        InGerman(await visitor.Submit(checkout, "/checkout/review", ("name", "")), 422);
        var review = InGerman(await visitor.Get((await visitor.Submit(checkout, "/checkout/review", Address)).Location!));
        Assert.Equal("Zahlungspflichtig bestellen", review.Html.QuerySelector("form[action='/checkout'] button")!.TextContent);
        Assert.Contains("24,90\u00A0$", review.Html.QuerySelector(".totals-sum")!.TextContent, StringComparison.Ordinal);
        var pay = InGerman(await visitor.Get((await visitor.Submit(review, "/checkout")).Location!));
        Assert.Equal("Bestellung 1041 bezahlen", pay.Heading);
        Assert.All(shop.Api.Calls.Where(call => call.Line.StartsWith("POST", StringComparison.Ordinal)), call => Assert.Equal("de", call.Headers.AcceptLanguage.ToString())); // so are the mails
        InGerman(await visitor.Get("/orders"));
    }

    [Theory]
    [InlineData("placed"), InlineData("awaiting_payment"), InlineData("paid"), InlineData("shipped"), InlineData("delivered"), InlineData("closing"),
     InlineData("cancelled"), InlineData("rejected"), InlineData("refunding"), InlineData("refunded")]
    public async Task Tells_how_an_order_stands(string status)
    {
        await using var shop = await Open();
        shop.Api.On($"GET /api/orders/{FakeApi.OrderId}", 200, FakeApi.Order(status));
        shop.Api.On("GET /api/payments", 200, FakeApi.List());
        var page = InGerman(await shop.Visitor.Get($"/orders/{FakeApi.OrderId}"));
        Assert.Equal("Bestellung 1041 vom 21. November 2026", page.Html.QuerySelector(".order-head .muted")!.TextContent);
        var time = page.Html.QuerySelector(".history time")!;
        Assert.Equal(("21. Nov., 22:00 Uhr (UTC)", "2026-11-21T22:00:00Z"), (time.TextContent, time.GetAttribute("datetime")));
    }

    [Theory]
    [InlineData("/login"), InlineData("/signup"), InlineData("/forgotten-password"), InlineData("/forgotten-password?ended=yes"), InlineData("/reset-password?token=x"),
     InlineData("/confirm-email?token=x"), InlineData("/login?ended=yes"), InlineData("/login?reset=yes"), InlineData("/cart?refused=quantity"), InlineData("/orders?placed=already")]
    public async Task Is_spoken_where_accounts_are(string path)
    {
        await using var shop = await Open();
        InGerman(await shop.Visitor.Get(path));
    }

    [Fact]
    public async Task Tells_faults_too()
    {
        await using var shop = await Open();
        Assert.Equal("Nicht unter unserem Dach", InGerman(await shop.Visitor.Get("/nowhere"), 404).Heading);
        Assert.Equal("Diese Seite ist veraltet", InGerman(await shop.Visitor.Post("/cart/items", ("sku", "bowl-S")), 400).Heading);
        shop.Api.On("GET /api/products/bowl", 500, FakeApi.Refusal(500, "internal_error"));
        Assert.Contains("Der Katalog ist gerade nicht erreichbar", InGerman(await shop.Visitor.Get("/products/bowl"), 503).Text, StringComparison.Ordinal);
        shop.Api.On("GET /api/products/bowl", 200, new { slug = "bowl", name = "Bowl" });
        Assert.StartsWith("Etwas ist schiefgegangen", InGerman(await shop.Visitor.Get("/products/bowl"), 500).Heading, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("must be one line", "Die Straße muss in einer Zeile stehen.")]
    [InlineData("must be a text of 1 to 200 characters", "Die Straße muss 1 bis 200 Zeichen lang sein.")]
    [InlineData("has no such number", "Die Straße wird so nicht angenommen (has no such number).")]
    public async Task Says_what_the_API_objects_to(string objection, string said)
    {
        await using var shop = await Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var review = await shop.Visitor.Get((await shop.Visitor.Submit(await shop.Visitor.Get("/checkout"), "/checkout/review", Address)).Location!);
        shop.Api.On("POST /api/orders", 422, FakeApi.Refusal(422, "validation", new { errors = new Dictionary<string, string[]> { ["shippingAddress.line1"] = [objection] } }));
        Assert.Equal(said, (await shop.Visitor.Submit(review, "/checkout")).Html.QuerySelector("#line1-error")!.TextContent);
    }

    [Theory]
    [InlineData("de", "de", "19,00\u00A0$"), InlineData("de-DE", "de", "19,00\u00A0$"), InlineData("de-AT", "de", "$\u00A019,00"), InlineData("de-CH", "de", "$\u00A019.00")]
    [InlineData("en-US,en;q=0.9", "en", "$19.00"), InlineData("fr", "en", "$19.00"), InlineData("fr,de-LI;q=0.5", "de", "19,00\u00A0$"), InlineData("en;q=0.1,de;q=0", "en", "$19.00")]
    public async Task Is_chosen_by_the_browsers_languages_and_prices_by_their_regions(string languages, string language, string price)
    {
        await using var shop = await Open(languages);
        var page = await shop.Visitor.Get("/products/bowl");
        Assert.Equal((language, price), (Language(page), page.Html.QuerySelector(".product-price")!.TextContent));
    }

    [Fact]
    public async Task Stays_once_it_was_asked_for_until_another_is()
    {
        await using var shop = await Shop.Open();
        Assert.Equal("en", Language(await shop.Visitor.Get("/cart")));
        Assert.Equal("de", Language(await shop.Visitor.Get("/?lang=de")));
        Assert.Equal("de", Language(await shop.Visitor.Get("/cart")));
        Assert.Equal("en", Language(await shop.Visitor.Get("/cart?lang=en")));
        Assert.Equal("en", Language(await shop.Visitor.Get("/")));
        Assert.Equal("en", Language(await shop.Visitor.Get("/?lang=xx")));
    }

    [Fact]
    public async Task Is_one_link_away_on_every_page_and_leads_nowhere_else()
    {
        await using var shop = await Shop.Open();
        Assert.Equal("/search?q=a%20%26%20b&lang=de", Switch(await shop.Visitor.Get("/search?q=a+%26+b")));
        Assert.Equal("/cart?lang=de", Switch(await shop.Visitor.Get("/cart?lang=en")));
        Assert.Equal("/?lang=de", Switch(await shop.Visitor.Get("/.//evil.example/")));
        Assert.Equal("/?lang=de", Switch(await shop.Visitor.Get("/reset-password?token=x"))); // and what lets its holder in stands nowhere else
        Assert.Equal("/?lang=de", Switch(await shop.Visitor.Post("/login", ("returnUrl", "https://evil.example")))); // a form is not sent again by a link

        static string? Switch(Page page) => page.Html.QuerySelector("footer a[hreflang=de]")!.GetAttribute("href");
    }

    [Fact]
    public async Task Has_addresses_of_its_own_for_search_engines()
    {
        await using var shop = await Shop.Open();
        var (english, german) = (await shop.Visitor.Get("/products/bowl"), await shop.Visitor.Get("/products/bowl?lang=de"));
        Assert.Equal((Path(english, "canonical"), Path(german, "canonical")), ("/products/bowl", "/products/bowl?lang=de"));
        foreach (var page in new[] { english, german })
            Assert.Equal(("/products/bowl", "/products/bowl?lang=de", "/products/bowl"),
                (Path(page, "alternate][hreflang=en"), Path(page, "alternate][hreflang=de"), Path(page, "alternate][hreflang=x-default")));
        Assert.Empty((await shop.Visitor.Get("/cart")).Html.QuerySelectorAll("link[rel=alternate]"));

        static string Path(Page page, string rel) => new Uri(page.Html.QuerySelector($"link[rel={rel}]")!.GetAttribute("href")!).PathAndQuery;
    }

    [Theory, InlineData("/robots.txt?lang=de"), InlineData("/sitemap.xml?lang=de"), InlineData("/stoa.css?lang=de")]
    public async Task Is_no_matter_of_what_every_cache_may_keep(string path)
    {
        await using var shop = await Open();
        var answer = await shop.Visitor.Get(path);
        Assert.StartsWith("public", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Content-Language"));
        Assert.Empty(answer.SetCookies);
    }

    [Theory]
    [InlineData("de", 129900, "USD", "1.299,00\u00A0$"), InlineData("de", -500, "EUR", "−5,00\u00A0€"), InlineData("de", 1299, "JPY", "1.299\u00A0¥"), InlineData("de", 1299, "KWD", "1,299\u00A0KWD")]
    [InlineData("de-AT", -129900, "EUR", "−€\u00A01.299,00"), InlineData("de-CH", 129900, "CHF", "CHF\u00A01’299.00"), InlineData("en-US", 129900, "CHF", "CHF 1,299.00")]
    public void Amounts_are_written_by_culture_and_currency(string culture, long amount, string currency, string text) =>
        Assert.Equal(text, In(culture, () => Prices.Text(new Money(amount, currency))));

    [Theory]
    [InlineData("de", "12,50", 1250L), InlineData("de", "12.50", 1250L), InlineData("de", "1.500", null), InlineData("de", "12,5,0", null), InlineData("en", "12,50", null)]
    public void Amounts_are_read_by_culture_or_count_as_none(string culture, string typed, long? minor) => Assert.Equal(minor, In(culture, () => Prices.Read(typed, "USD")));

    [Theory]
    [InlineData("en", "3 March 2026", "15:04 UTC", "3 Mar, 15:04 UTC"), InlineData("en-US", "March 3, 2026", "3:04 PM UTC", "Mar 3, 3:04 PM UTC")]
    [InlineData("de", "3. März 2026", "15:04 Uhr (UTC)", "3. März, 15:04 Uhr (UTC)"), InlineData("de-AT", "3. März 2026", "15:04 Uhr (UTC)", "3. März, 15:04 Uhr (UTC)")]
    public void Times_are_written_by_culture(string culture, string day, string time, string both)
    {
        var at = new DateTimeOffset(2026, 3, 3, 17, 4, 0, TimeSpan.FromHours(2));
        Assert.Equal((day, time, both), In(culture, () => (Times.Day(at), Times.Time(at), Times.DayAndTime(at))));
        if (culture == "de-AT") Assert.Equal("1. Jänner 2026", In(culture, () => Times.Day(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))));
    }

    /// <summary>The page, once it is seen to be German: none of its words stands among the English texts alone.</summary>
    private static Page InGerman(Page page, int status = 200)
    {
        Assert.Equal((status, "de", "de"), (page.Status, Language(page), page.Header("Content-Language")));
        Assert.Contains("Accept-Language", page.Header("Vary"), StringComparison.Ordinal);
        var shown = page.Html.Descendants<IText>().Select(text => text.Text.Trim())
            .Concat(page.Html.All.SelectMany(element => element.Attributes.Where(one => one.Name is "aria-label" or "title" or "placeholder" or "alt" or "content")).Select(one => one.Value));
        Assert.DoesNotContain(shown, OnlyEnglish.Contains);
        return page;
    }

    private static readonly HashSet<string> OnlyEnglish = [.. Texts("").Except(Texts("de"))];

    private static IEnumerable<string> Texts(string culture) => new[] { typeof(Program), typeof(Site) }
        .Select(one => new System.Resources.ResourceManager(one.Namespace + ".Texts", one.Assembly).GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!)
        .SelectMany(texts => texts.Cast<System.Collections.DictionaryEntry>()).Select(text => (string)text.Value!);

    private static string? Language(Page page) => page.Html.DocumentElement.GetAttribute("lang");

    private static T In<T>(string culture, Func<T> say)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Cultures.All.Single(one => one.Name == culture);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
