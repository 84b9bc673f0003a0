using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>The shopper pays on the provider's own page, as with real cards (the sandbox's, here), and comes back.</summary>
public class HostedCheckout(RunningShop shop)
{
    [Theory, InlineData(1280, false), InlineData(390, true)]
    public async Task A_guest_pays_there_after_a_decline_and_is_thanked_here(int width, bool dark)
    {
        await using var guest = await AtStripe(width, dark);
        await Choose(guest, Visitor.Declined);
        await Expect(guest.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was charged");
        await Choose(guest, Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Expect(guest.Page.Locator(".panel")).ToContainTextAsync("Visa ending in");
        await PaidOnce(guest);
        Assert.Empty(guest.Complaints);
    }

    [Theory]
    [InlineData("Yes, pay", "Thank you, it is yours")]
    [InlineData("No, do not pay", "Pay")]
    public async Task The_bank_asks_there_and_leads_on(string answer, string heading)
    {
        await using var guest = await AtStripe();
        await Choose(guest, Visitor.BankAsks);
        await guest.Press(answer);
        await Expect(guest.Heading).ToHaveTextAsync(heading);
    }

    [Fact]
    public async Task Who_turns_back_pays_with_another_card_and_the_page_left_open_pays_no_more()
    {
        await using var guest = await AtStripe();
        var left = guest.Page.Url;
        await guest.Follow("Back to the shop without paying");
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Go to Stripe’s page" })).ToBeVisibleAsync();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        var order = guest.Page.Url;
        await guest.Open(left);
        await Expect(guest.Heading).ToHaveTextAsync("This page has expired");
        await guest.Open(order);
        await PaidOnce(guest);
    }

    [Fact]
    public async Task The_back_button_leads_to_the_shop_and_the_link_there_to_the_same_page_again()
    {
        await using var guest = await AtStripe();
        var page = guest.Page.Url;
        await guest.Page.GoBackAsync();
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        await guest.Follow("Go to Stripe’s page");
        Assert.Equal(page, guest.Page.Url);
        await Choose(guest, Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await PaidOnce(guest);
    }

    private async Task<Visitor> AtStripe(int width = 1280, bool dark = false)
    {
        var guest = await shop.NewVisitor(width, dark);
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.StripesPage);
        await Expect(guest.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sandbox/checkout/cs_"));
        return guest;
    }

    private static async Task Choose(Visitor guest, string card)
    {
        await guest.Page.CheckAsync($"input[value={card}]");
        await guest.Press("Pay $");
    }

    /// <summary>By the shop's own word, which the bank's page of payments confirms.</summary>
    private static async Task PaidOnce(Visitor guest)
    {
        await Expect(guest.Page.Locator(".history li", new() { HasText = "Paid" })).ToHaveCountAsync(1);
        var number = (await guest.Page.TitleAsync()).Split(' ')[1];
        await guest.Open("/sandbox");
        await Expect(guest.Page.Locator("tr", new() { HasText = $"Order {number}" }).Filter(new() { HasText = "✓ succeeded" })).ToHaveCountAsync(1);
    }
}
