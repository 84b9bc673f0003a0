using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>What staff do, in the browser, on the running store; and what others see of it.</summary>
public class StaffTasks(RunningShop shop)
{
    /// <summary>The pages of the back office that can be opened by their address.</summary>
    public static readonly string[] Rooms = ["/admin/orders", "/admin/orders?q=nobody@example.org", "/admin/products", "/admin/products/new", "/admin/import", "/admin/stock", "/admin/stock/AMPH-TERRA-S", "/admin/operations", "/admin/customers", "/admin/customers?q=nobody", "/admin/attention", "/admin/dead-letters", "/admin/messages", "/admin/messages?status=failed", "/admin/webhooks", "/admin/staff", "/admin/nowhere"];

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
    public async Task A_product_is_made_with_a_picture_changed_by_two_at_once_and_deleted()
    {
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/products/new");
        await staff.Page.FillAsync("#name", "Bronze mirror");
        await staff.Page.FillAsync("#sku-0", "MIRROR-1");
        await staff.Page.FillAsync("#price-0", "49.00");
        await staff.Page.SetInputFilesAsync("#files", Brought("mirror.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8' onload='alert(1)'><script>alert(1)</script><circle r='4' fill='#a8452c'/></svg>"));
        await staff.Press("Save");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Created.");
        await Assertions.Expect(staff.Page.Locator(".pictures img")).ToHaveCountAsync(1);
        Assert.Equal("/pictures/", (await staff.Page.Locator(".pictures img").GetAttributeAsync("src"))![..10]);
        var address = staff.Page.Url.Split('?')[0];

        await using var colleague = await shop.NewStaff();
        await colleague.Open(address);
        await colleague.Page.FillAsync("#price-0", "45.00");
        await colleague.Press("Save");
        await Assertions.Expect(colleague.Page.Locator(".notice")).ToContainTextAsync("Saved.");
        await staff.Page.FillAsync("#summary", "Shows you as you are.");
        await staff.Press("Save");
        await Assertions.Expect(staff.Page.Locator("[role=alert]")).ToContainTextAsync("Somebody else changed it meanwhile");
        await Assertions.Expect(staff.Page.Locator("[role=alert] .differences")).ToContainTextAsync("$45.00");
        await Assertions.Expect(staff.Page.Locator("#summary")).ToHaveValueAsync("Shows you as you are.");
        await staff.Page.FillAsync("#price-0", "45.00");
        await staff.Press("Save");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Saved.");
        await Assertions.Expect(staff.Page.Locator(".story > li")).ToHaveCountAsync(3);

        await using var shopper = await shop.NewVisitor();
        await shopper.Open("/products/bronze-mirror");
        await Assertions.Expect(shopper.Heading).ToHaveTextAsync("Bronze mirror");
        await staff.Page.Locator("details summary").ClickAsync();
        await staff.Press("Delete it");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Deleted.");
        await staff.Open(address);
        await Assertions.Expect(staff.Heading).ToHaveTextAsync("This product was deleted");
        await Assertions.Expect(staff.Page.Locator(".story > li").First).ToContainTextAsync("by staff", new() { IgnoreCase = true });
        Assert.Empty(staff.Complaints);
    }

    [Fact]
    public async Task A_file_is_looked_at_then_imported_and_its_faulty_lines_are_named()
    {
        await using var staff = await shop.NewStaff();
        await staff.Open("/admin/import");
        await staff.Page.SetInputFilesAsync("#file", Brought("spring.csv", "Handle,Title,Variant SKU,Variant Price\nlyre,Lyre,LYRE-1,120.00\nflute,Flute,FLUTE-1,much\n"));
        await staff.Press("Look at it");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("Nothing was written yet");
        await Assertions.Expect(staff.Page.Locator("main")).ToContainTextAsync("New, 1 variant");
        await Assertions.Expect(staff.Page.Locator("main")).ToContainTextAsync("Variant Price \"much\" is not a price");
        await staff.Press("Import it");
        await Assertions.Expect(staff.Page.Locator(".notice")).ToContainTextAsync("1 made, 0 changed, 0 as they were");
        await staff.Open("/admin/products?q=lyre");
        await Assertions.Expect(staff.Page.Locator("tbody th")).ToHaveTextAsync("Lyre");
        await staff.Page.Locator("tbody th a").ClickAsync();
        await Assertions.Expect(staff.Page.Locator(".story")).ToContainTextAsync("by staff", new() { IgnoreCase = true });
        Assert.Empty(staff.Complaints);
    }

    /// <summary>A file on somebody's computer, which says nothing of what it is.</summary>
    public static FilePayload Brought(string name, string content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = System.Text.Encoding.UTF8.GetBytes(content) };

    [Fact]
    public async Task A_shopper_sees_none_of_it()
    {
        await using var shopper = await shop.NewVisitor();
        var email = await shopper.SignUp("/account");
        await shopper.Open("/admin");
        await Assertions.Expect(shopper.Heading).ToHaveTextAsync("Staff log in");
        await shopper.Page.FillAsync("#email", email);
        await shopper.Page.FillAsync("#password", Visitor.Password);
        await shopper.Press("Log in");
        await Assertions.Expect(shopper.Page.Locator("[role=alert]")).ToContainTextAsync("door for staff");
        foreach (var path in Rooms.Except(["/admin/nowhere"]))
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
