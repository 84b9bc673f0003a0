using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stoa.Kit;

namespace Stoa.Browser;

/// <summary>Pages that people reach by a link in a mail, from the mail itself.</summary>
public partial class LinksFromMails(RunningShop shop)
{
    private const string New = "a rainy night in June";

    private static string LinkIn(ReceivedMail mail) => Link().Match(mail.Text).Value;

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_and_the_address_is_confirmed_by_it()
    {
        await using var anna = await shop.NewVisitor();
        var email = await anna.SignUp("/account");
        await Assertions.Expect(anna.Page.GetByText("Please confirm your address")).ToBeVisibleAsync();

        await using var elsewhere = await shop.NewVisitor(390);
        await elsewhere.Open("/login");
        await elsewhere.Follow("Forgotten your password?");
        await elsewhere.Page.FillAsync("#email", email);
        await elsewhere.Press("Send me the link");
        await Assertions.Expect(elsewhere.Heading).ToHaveTextAsync("Look into your mail");

        await elsewhere.Open(LinkIn(await shop.Mail(email, "password_reset")));
        await elsewhere.Page.FillAsync("#password", New);
        await elsewhere.Press("Set the new password");
        await elsewhere.Page.FillAsync("#email", email);
        await elsewhere.Page.FillAsync("#password", New);
        await elsewhere.Press("Log in");
        await Assertions.Expect(elsewhere.Heading).ToHaveTextAsync("Hello, Anna");
        await Assertions.Expect(elsewhere.Page.GetByText("Please confirm your address")).ToHaveCountAsync(0);
        Assert.Empty(elsewhere.Complaints);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_the_link_and_its_button()
    {
        await using var anna = await shop.NewVisitor();
        var email = await anna.SignUp("/account");
        await anna.Open(LinkIn(await shop.Mail(email, "email_confirmation")));
        await anna.Press("Yes, it is mine");
        await Assertions.Expect(anna.Heading).ToHaveTextAsync("Confirmed");
        await anna.Open("/account");
        await Assertions.Expect(anna.Page.GetByText("Please confirm your address")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_guests_order_is_shown_by_its_mails_link_in_any_browser_and_can_be_paid_in_the_guests_own()
    {
        var email = $"guest.{Path.GetRandomFileName()}@example.org";
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("amphora-vase");
        await guest.PlaceOrder(email: email);
        var link = LinkIn(await shop.Mail(email, "order_placed"));

        await using var stranger = await shop.NewVisitor(390);
        await stranger.Open(link);
        await Assertions.Expect(stranger.Heading).ToHaveTextAsync("Waiting for your payment");
        await Assertions.Expect(stranger.Page.Locator("main form")).ToHaveCountAsync(0);

        await guest.Open(link);
        await guest.Follow("Pay $");
        await guest.Pay(Visitor.Visa);
        await Assertions.Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await stranger.Open(LinkIn(await shop.Mail(email, "order_paid")));
        await Assertions.Expect(stranger.Heading).ToHaveTextAsync("Thank you, it is yours");
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
