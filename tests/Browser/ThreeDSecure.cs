using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>The bank asks the shopper first, on its own page (the sandbox's), and sends them back.</summary>
public class ThreeDSecure(RunningShop shop)
{
    [Fact]
    public async Task A_yes_pays_the_order()
    {
        await using var guest = await AtTheBank();
        await guest.Press("Yes, pay");
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    [Fact]
    public async Task A_no_charges_nothing_and_keeps_the_order_to_be_paid_another_way()
    {
        await using var guest = await AtTheBank();
        await guest.Press("No, do not pay");
        await Expect(guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("could not make sure that it was you");
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    [Fact]
    public async Task Who_comes_back_without_an_answer_can_go_again_or_pay_another_way()
    {
        await using var guest = await AtTheBank();
        await guest.Page.GoBackAsync();
        await Expect(guest.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Go to your bank’s page" })).ToBeVisibleAsync();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    private async Task<Visitor> AtTheBank()
    {
        var guest = await shop.NewVisitor();
        await guest.PutIntoCart("clay-casserole");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.BankAsks);
        await guest.Follow("Go to your bank’s page");
        return guest;
    }
}
