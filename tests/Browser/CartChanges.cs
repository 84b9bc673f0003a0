using Microsoft.Playwright;
using Stoa.Kit;
using static Microsoft.Playwright.Assertions;

namespace Stoa.Browser;

/// <summary>What changes while it lies in a cart.</summary>
public class CartChanges(RunningShop shop)
{
    [Fact]
    public async Task A_price_that_moved_is_pointed_out_and_the_new_one_is_paid()
    {
        await using var product = await OwnProduct.ForSale(shop, priceMinor: 1000, stock: 5);
        await using var guest = await shop.NewVisitor(390);
        await guest.PutIntoCart(product.Slug);
        await product.Costs(1250);
        await guest.Open("/cart");
        await Expect(guest.Page.Locator(".moved")).ToHaveTextAsync("Dearer than when you put it here: it was $10.00.");
        await Expect(guest.Page.Locator(".totals-sum")).ToContainTextAsync("$12.50");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
        await Expect(guest.Page.Locator(".lines")).ToContainTextAsync("$12.50");
    }

    [Fact]
    public async Task A_price_that_moves_at_the_last_moment_is_looked_at_again_and_one_order_is_made()
    {
        await using var product = await OwnProduct.ForSale(shop, priceMinor: 1000, stock: 5);
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart(product.Slug);
        await guest.Open("/checkout");
        await guest.FillInAddress();
        await product.Costs(900);
        await guest.Press("Place the order");
        await Expect(guest.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The price has changed");
        await guest.Press("Place the order");
        await Expect(guest.Heading).ToContainTextAsync("Pay for order");
        Assert.Equal(1, await guest.Orders());
    }

    [Fact]
    public async Task What_was_sold_out_meanwhile_is_marked_and_taken_out_by_a_click()
    {
        await using var product = await OwnProduct.ForSale(shop, priceMinor: 1000, stock: 1);
        await using var guest = await shop.NewVisitor();
        await guest.PutIntoCart(product.Slug);
        await product.Adjust(-1);
        await Eventually.Is(async () =>
        {
            await guest.Open("/cart");
            return await guest.Page.GetByText("Sold out for now").IsVisibleAsync();
        }, "the line marked as sold out");
        await guest.PlaceOrder();
        await guest.Press("Remove Own thing"); // said at once, or on the order's page when Inventory was slow
        await Expect(guest.Page.GetByText("Nothing in it yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_what_is_short_the_rest_is_taken_by_a_click_and_bought()
    {
        await using var product = await OwnProduct.ForSale(shop, priceMinor: 1000, stock: 2);
        await using var guest = await shop.NewVisitor(390);
        await guest.PutIntoCart(product.Slug, 3);
        await guest.PlaceOrder();
        await guest.Press("Take the 2 that are left");
        await Expect(guest.Page.Locator(".cart-lines input[name=quantity]")).ToHaveValueAsync("2");
        await guest.PlaceOrder();
        await guest.Pay(Visitor.Visa);
        await Expect(guest.Heading).ToHaveTextAsync("Thank you, it is yours");
    }
}
