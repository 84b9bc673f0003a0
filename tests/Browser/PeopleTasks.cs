using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>What staff and admins do about people, messages, webhooks and what waits for a person, in the browser.</summary>
public partial class PeopleTasks(RunningShop shop)
{
    [Fact]
    public async Task A_customer_is_found_locked_out_and_let_in_again()
    {
        await using var shopper = await shop.NewVisitor();
        var email = await shopper.SignUp("/account");
        await using var staff = await shop.NewStaff();
        await Find(staff, email);
        await staff.Page.GetByText("Lock this account").ClickAsync();
        await staff.Press("Lock it");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Locked.");
        await using var again = await shop.NewVisitor();
        await LogIn(again, "/login", email);
        await Assertions.Expect(again.Page.Locator("[role=alert]")).ToContainTextAsync("locked by the shop");
        await staff.Press("Unlock");
        await Assertions.Expect(staff.Page.Locator("tbody tr", new() { HasText = "Unlock" })).ToContainTextAsync("Staff");
        await LogIn(again, "/login?returnUrl=/account", email);
        await Assertions.Expect(again.Heading).ToHaveTextAsync("Hello, Anna");
        Assert.Empty(staff.Complaints);
    }

    [Fact]
    public async Task A_customer_is_erased_after_the_address_is_typed()
    {
        await using var shopper = await shop.NewVisitor();
        var email = await shopper.SignUp("/account");
        await using var admin = await shop.NewStaff();
        await Find(admin, email);
        await admin.Page.GetByText("Erase this account").ClickAsync();
        await admin.Follow("Go on to erase");
        await admin.Page.FillAsync("#email", "somebody@example.org");
        await admin.Press("Erase for good");
        await Assertions.Expect(admin.Page.Locator("[role=alert]")).ToContainTextAsync("not this customer's");
        await admin.Page.FillAsync("#email", email);
        await admin.Press("Erase for good");
        await Assertions.Expect(admin.Page.Locator(".notice")).ToContainTextAsync("Erased.");
        await using var again = await shop.NewVisitor();
        await LogIn(again, "/login", email);
        await Assertions.Expect(again.Page.Locator("[role=alert]")).ToContainTextAsync("do not go together");
    }

    [Fact]
    public async Task A_colleague_is_invited_by_mail_works_as_staff_and_sees_no_room_for_admins()
    {
        var email = $"thalia.{Path.GetRandomFileName()}@example.org";
        await using var admin = await shop.NewStaff();
        await admin.Open("/admin/staff");
        await admin.Page.FillAsync("#name", "Thalia");
        await admin.Page.FillAsync("#email", email);
        await admin.Press("Send the invitation");
        await Assertions.Expect(admin.Page.Locator(".notice")).ToContainTextAsync("Invited.");
        await using var thalia = await shop.NewVisitor();
        await thalia.Open(Link().Match((await shop.Mail(email, "staff_invitation")).Text).Value);
        await thalia.Page.FillAsync("#password", Visitor.Password);
        await thalia.Press("Set the password");
        await Assertions.Expect(thalia.Page.Locator(".notice")).ToContainTextAsync("Your password is set");
        await LogIn(thalia, "/admin/login", email);
        await Assertions.Expect(thalia.Heading).ToHaveTextAsync("Orders");
        await Assertions.Expect(thalia.Page.Locator("nav.rooms").GetByRole(AriaRole.Link, new() { Name = "Staff", Exact = true })).ToHaveCountAsync(0);
        await thalia.Open("/admin/staff");
        await Assertions.Expect(thalia.Heading).ToHaveTextAsync("This room is for admins");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Thalia" }).Last.ClickAsync();
        await admin.Page.GetByLabel("Admin: that, staff accounts, and erasing").CheckAsync();
        await admin.Press("Change the role");
        await Assertions.Expect(admin.Page.Locator("tbody tr", new() { HasText = "Change roles" })).ToContainTextAsync("roles: staff → admin, staff");
        Assert.Empty(admin.Complaints);
    }

    [Fact]
    public async Task A_mail_is_found_read_without_its_link_and_sent_again()
    {
        var email = $"guest.{Path.GetRandomFileName()}@example.org";
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart("amphora-vase");
        await guest.PlaceOrder(email: email);
        await shop.Mail(email, "order_placed");
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/orders?q=" + Uri.EscapeDataString(email));
        var order = (await staff.Page.Locator("tbody th a").First.GetAttributeAsync("href"))!.Split('/')[^1];
        await staff.Open($"/admin/messages/{order}/order_placed");
        await Assertions.Expect(staff.Page.Locator(".panel").First).ToContainTextAsync(email);
        await Assertions.Expect(staff.Page.Locator("main")).Not.ToContainTextAsync("token=");
        await staff.Press("Send it again");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("sent once more");
        await Assertions.Expect(staff.Page.Locator("tbody tr", new() { HasText = "Send again" })).ToContainTextAsync("Staff");
    }

    [Fact]
    public async Task A_webhook_to_this_machine_is_refused_and_said_why()
    {
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/webhooks");
        await staff.Page.FillAsync("#url", "https://127.0.0.1/stoa");
        await staff.Page.GetByLabel("order.paid").CheckAsync();
        await staff.Press("Register");
        await Assertions.Expect(staff.Page.Locator("[role=alert]")).ToContainTextAsync("The address");
        await Assertions.Expect(staff.Page.GetByLabel("order.paid")).ToBeCheckedAsync();
    }

    private static async Task Find(Visitor staff, string email)
    {
        await staff.Open("/admin/customers");
        await staff.Page.FillAsync("#q", email);
        await staff.Press("Find");
        await Assertions.Expect(staff.Heading).ToHaveTextAsync("Anna");
    }

    private static async Task LogIn(Visitor visitor, string path, string email)
    {
        await visitor.Open(path);
        await visitor.Page.FillAsync("#email", email);
        await visitor.Page.FillAsync("#password", Visitor.Password);
        await visitor.Press("Log in");
    }

    [GeneratedRegex(@"https?://\S+token=\S+")]
    private static partial Regex Link();
}
