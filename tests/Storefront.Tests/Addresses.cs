namespace Stoa.Storefront.Tests;

/// <summary>The address book, in the account and at checkout.</summary>
public class Addresses
{
    private const string Book = "/api/users/me/addresses";
    private static readonly Guid Home = new("0195e2a0-0000-7000-8000-0000000000a1");
    private static readonly Guid Work = new("0195e2a0-0000-7000-8000-0000000000a2");

    private static readonly (string, string)[] Typed =
        [("name", "Anna"), ("line1", "Ermou 3"), ("line2", ""), ("city", "Athens"), ("region", ""), ("postalCode", "105 63"), ("country", "GR")];

    private static object Saved(Guid id, string line1, bool isDefault) =>
        new { id, name = "Anna", line1, line2 = (string?)null, city = "Athens", region = (string?)null, postalCode = "105 55", country = "GR", isDefault };

    private static async Task<Shop> SignedIn(params object[] book)
    {
        var shop = await Shop.Open();
        shop.Api.On($"GET {Book}", 200, FakeApi.List(book));
        await shop.Visitor.Submit(await shop.Visitor.Get("/login"), "/login", ("email", "anna@example.org"), ("password", "olive trees and wine"));
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        return shop;
    }

    [Fact]
    public async Task Are_shown_with_the_one_to_offer_first_ahead()
    {
        await using var shop = await SignedIn(Saved(Work, "Work lane 2", false), Saved(Home, "Home street 1", true));
        var page = await shop.Visitor.Get("/account/addresses");
        Assert.Equal(["Home street 1", "Work lane 2"], page.Html.QuerySelectorAll(".book address").Select(address => address.ChildNodes[2].TextContent.Trim()));
        Assert.Equal("/login?returnUrl=/account/addresses", (await shop.AnotherVisitor().Get("/account/addresses")).Location);
    }

    [Fact]
    public async Task The_first_is_filled_in_at_checkout_and_another_by_a_click()
    {
        await using var shop = await SignedIn(Saved(Work, "Work lane 2", false), Saved(Home, "Home street 1", true));
        var checkout = await shop.Visitor.Get("/checkout");
        Assert.Equal("Home street 1", checkout.Input("line1"));
        Assert.Equal($"/checkout?address={Home}", checkout.Html.QuerySelector(".book-choice [aria-current]")!.GetAttribute("href"));
        Assert.Equal("Work lane 2", (await shop.Visitor.Get($"/checkout?address={Work}")).Input("line1"));
        Assert.Equal("Work lane 2", (await shop.Visitor.Get("/checkout")).Input("line1")); // what was chosen last stays
    }

    [Fact]
    public async Task One_that_is_typed_at_checkout_is_kept_when_asked_to()
    {
        await using var shop = await SignedIn();
        shop.Api.On($"POST {Book}", 201, Saved(Home, "Ermou 3", false));
        var checkout = await shop.Visitor.Get("/checkout");
        Assert.NotNull(checkout.Html.QuerySelector("input[name=keep][checked]"));
        await shop.Visitor.Submit(checkout, "/checkout/review", [.. Typed, ("keep", "yes")]);
        Assert.Equal("Ermou 3", shop.Api.CallsTo($"POST {Book}").Single().Body.GetProperty("line1").GetString());
    }

    [Fact]
    public async Task A_book_that_is_away_is_said_and_keeps_nobody_from_buying()
    {
        await using var shop = await SignedIn();
        shop.Api.On($"GET {Book}", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        shop.Api.On($"POST {Book}", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        var on = (await shop.Visitor.Submit(await shop.Visitor.Get("/checkout"), "/checkout/review", [.. Typed, ("keep", "yes")])).Location!;
        var review = await shop.Visitor.Get(on);
        Assert.Contains("could not be kept in your account", review.Html.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/orders/{FakeApi.OrderId}/pay", (await shop.Visitor.Submit(review, "/checkout")).Location);
    }

    [Fact]
    public async Task Are_written_changed_and_taken_out()
    {
        await using var shop = await SignedIn(Saved(Home, "Home street 1", true));
        shop.Api.On($"GET {Book}/{Home}", 200, Saved(Home, "Home street 1", true));
        shop.Api.On($"PUT {Book}/{Home}", 200, Saved(Home, "Ermou 3", true));
        shop.Api.On($"POST {Book}", 201, Saved(Work, "Ermou 3", false));
        shop.Api.On($"DELETE {Book}/{Home}", 204);
        Assert.Equal("/account/addresses?saved=yes", (await shop.Visitor.Submit(await shop.Visitor.Get("/account/addresses/new"), "/account/addresses", Typed)).Location);
        var change = await shop.Visitor.Get($"/account/addresses/{Home}");
        Assert.Equal("Home street 1", change.Input("line1"));
        Assert.Equal("/account/addresses?saved=yes", (await shop.Visitor.Submit(change, $"/account/addresses/{Home}", [.. Typed, ("default", "yes")])).Location);
        Assert.True(shop.Api.CallsTo($"PUT {Book}/{Home}").Single().Body.GetProperty("isDefault").GetBoolean());
        var book = await shop.Visitor.Get("/account/addresses");
        Assert.Equal("/account/addresses", (await shop.Visitor.Submit(book, $"/account/addresses/{Home}/remove")).Location);
        Assert.Single(shop.Api.CallsTo($"DELETE {Book}/{Home}"));
    }

    [Fact]
    public async Task Explain_what_is_missing_and_what_the_api_objects_to()
    {
        await using var shop = await SignedIn();
        var missing = await shop.Visitor.Submit(await shop.Visitor.Get("/account/addresses/new"), "/account/addresses", [.. Typed.Where(one => one.Item1 is not "city"), ("city", "")]);
        Assert.Equal(422, missing.Status);
        Assert.NotNull(missing.Html.QuerySelector("#city-error"));
        shop.Api.On($"POST {Book}", 409, FakeApi.Refusal(409, "too_many_addresses"));
        var full = await shop.Visitor.Submit(missing, "/account/addresses", Typed);
        Assert.Equal(409, full.Status);
        Assert.Contains("at most 20 addresses", full.Text, StringComparison.Ordinal);
        Assert.Equal("Ermou 3", full.Input("line1"));
    }
}
