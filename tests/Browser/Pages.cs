using Microsoft.Playwright;

namespace Stoa.Browser;

/// <summary>Every public page, narrow and wide, light and dark: nothing sticks out and the browser has nothing to complain of.</summary>
public class Pages(RunningShop shop)
{
    [Theory]
    [InlineData(360, false), InlineData(390, true), InlineData(768, false), InlineData(1280, true), InlineData(1600, false)]
    public async Task Fit_the_window(int width, bool dark)
    {
        await using var visitor = await shop.NewVisitor(width, dark);
        await visitor.PutIntoCart("amphora-vase");
        foreach (var path in (string[])["/", "/category/kitchen", "/search?q=lamp", "/search?q=nosuchthing", "/products/amphora-vase", "/cart", "/checkout", "/login", "/signup", "/orders", "/nowhere"])
        {
            await visitor.Open(path);
            await visitor.Fits(width);
        }
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(360, false), InlineData(768, true), InlineData(1280, false)]
    public async Task Of_the_back_office_fit_the_window(int width, bool dark)
    {
        await using var staff = await shop.NewStaff(width, dark);
        foreach (var path in StaffTasks.Rooms)
        {
            await staff.Open(path);
            var inner = await staff.Page.Locator("body").EvaluateAsync<int>("body => body.scrollWidth");
            Assert.True(inner <= width, $"{path} is {inner} wide in a window of {width}");
        }
        Assert.Empty(staff.Complaints);
    }

    [Fact]
    public async Task Can_be_walked_by_keyboard_from_the_skip_link_on()
    {
        await using var visitor = await shop.NewVisitor();
        await visitor.Open("/");
        await visitor.Page.Keyboard.PressAsync("Tab");
        var skip = visitor.Page.Locator(".skip");
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#main$"));
    }

    [Fact]
    public async Task Show_every_picture_they_name()
    {
        await using var visitor = await shop.NewVisitor();
        var missing = new List<string>();
        visitor.Page.Response += (_, response) =>
        {
            if (response.Status >= 400) missing.Add($"{response.Status} {response.Url}");
        };
        foreach (var path in (string[])["/", "/category/kitchen", "/products/amphora-vase"])
            await visitor.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Empty(missing);
    }
}
