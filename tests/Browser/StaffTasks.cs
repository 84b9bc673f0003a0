using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>What staff do, in the browser, on the running store; and what others see of it.</summary>
public class StaffTasks(RunningShop shop)
{
    /// <summary>The pages that everybody in the back office can open by their address.</summary>
    public static readonly string[] Rooms = ["/admin/orders", "/admin/orders?q=nobody@example.org", "/admin/stock", "/admin/stock/AMPH-TERRA-S", "/admin/operations", "/admin/nowhere"];

    [Fact]
    public async Task A_paid_order_is_found_shipped_and_delivered()
    {
        await using var buyer = await shop.NewVisitor();
        var number = await Bought(buyer);
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/orders");
        await staff.Page.FillAsync("#q", number);
        await staff.Press("Find");
        await Assertions.Expect(staff.Heading).ToHaveTextAsync($"Order {number}");
        await staff.Page.FillAsync("#carrier", "Hermes");
        await staff.Page.FillAsync("#trackingNumber", "H-77");
        await staff.Press("Mark as shipped");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Shipped.");
        await Assertions.Expect(staff.Page.Locator(".story li", new() { HasText = "Shipped" })).ToContainTextAsync("by Staff");
        await buyer.Page.ReloadAsync();
        await Assertions.Expect(buyer.Heading).ToHaveTextAsync("It is on its way");
        await staff.Press("Mark as delivered");
        await Assertions.Expect(staff.Page.Locator(".title-state")).ToHaveTextAsync("Delivered");
        Assert.Empty(staff.Complaints);
    }

    [Fact]
    public async Task A_part_of_the_money_goes_back_and_then_all_of_the_rest()
    {
        await using var buyer = await shop.NewVisitor();
        var number = await Bought(buyer);
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/orders?q=" + number);
        await staff.Page.FillAsync("#amount", "1.00");
        await staff.Page.FillAsync("#reason", "A chip in the glaze");
        await staff.Press("Refund");
        await Assertions.Expect(staff.Page.Locator(".facts")).ToContainTextAsync("A chip in the glaze");
        await staff.Page.Locator("details summary").ClickAsync();
        await staff.Press("Cancel and refund");
        await Assertions.Expect(staff.Page.Locator(".title-state")).ToHaveTextAsync("Refunded");
    }

    [Fact]
    public async Task Stock_is_counted_and_its_history_tells_who_did_it()
    {
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/stock");
        await staff.Page.FillAsync("#q", "enamel milk pan");
        await staff.Press("Find");
        await staff.Page.Locator("tbody th a").First.ClickAsync();
        await staff.Page.FillAsync("#delta", "2");
        await staff.Page.FillAsync("#reason", "Found behind a column");
        await staff.Press("Adjust");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Adjusted.");
        await Assertions.Expect(staff.Page.Locator("tbody tr", new() { HasText = "Found behind a column" })).ToContainTextAsync("Staff");
        await staff.Page.FillAsync("#delta", "-1000000");
        await staff.Page.FillAsync("#reason", "A flood");
        await staff.Press("Adjust");
        await Assertions.Expect(staff.Page.Locator("[role=alert]")).ToContainTextAsync("on hand");
    }

    [Fact]
    public async Task A_shopper_sees_none_of_it()
    {
        await using var shopper = await shop.NewVisitor();
        var email = await shopper.SignUp("/account");
        await shopper.Open("/admin");
        await Assertions.Expect(shopper.Heading).ToHaveTextAsync("Staff log in");
        await shopper.Page.FillAsync("#email", email);
        await shopper.Page.FillAsync("#password", "olive trees and wine");
        await shopper.Press("Log in");
        await Assertions.Expect(shopper.Page.Locator("[role=alert]")).ToContainTextAsync("door for staff");
        foreach (var path in (string[])["/admin/orders", "/admin/orders?status=paid", "/admin/stock"])
        {
            await shopper.Open(path);
            await Assertions.Expect(shopper.Heading).ToHaveTextAsync("Staff log in");
        }
    }

    /// <returns>The number of an order that is paid, whose page the buyer looks at.</returns>
    private static async Task<string> Bought(Visitor buyer)
    {
        await buyer.PutIntoCart("amphora-vase");
        await buyer.PlaceOrder();
        await buyer.Pay(Visitor.Visa);
        await Assertions.Expect(buyer.Heading).ToHaveTextAsync("Thank you, it is yours");
        return (await buyer.Page.Locator(".crumbs [aria-current]").TextContentAsync())!.Trim();
    }
}
