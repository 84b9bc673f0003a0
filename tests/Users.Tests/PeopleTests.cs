using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Staff look at accounts.</summary>
public sealed class PeopleTests(Town town) : IClassFixture<Town>
{
    private async Task<Api> Clerk() => town.Users.As(Session.Of(await town.LogIn(Town.StaffEmail, Town.StaffPassword)).Access);

    [Fact]
    public async Task Staff_see_who_is_staff_and_no_shopper_among_them()
    {
        await town.Person();
        var staff = (await (await Clerk()).Get("/api/staff?limit=100")).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Contains(staff, one => one.GetProperty("email").GetString() == Town.StaffEmail);
        Assert.DoesNotContain(staff, one => one.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "customer"));
    }

    [Fact]
    public async Task Staff_find_a_shopper_by_address_whatever_its_case_and_by_id()
    {
        var email = await town.Person();
        var clerk = await Clerk();
        var found = Assert.Single((await clerk.Get("/api/customers?email=" + Uri.EscapeDataString(email.ToUpperInvariant()))).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(email, found.GetProperty("email").GetString());
        Assert.Equal(email, (await clerk.Get($"/api/customers/{found.GetProperty("id").GetGuid()}")).Json.GetProperty("email").GetString());
        Assert.Empty((await clerk.Get("/api/customers?email=nobody@example.com")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await clerk.Get("/api/customers?email=" + Town.StaffEmail)).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task All_shoppers_are_listed_page_by_page()
    {
        await town.Person();
        await town.Person();
        var clerk = await Clerk();
        var (seen, cursor) = (0, "");
        do
        {
            var page = (await clerk.Get("/api/customers?limit=1" + cursor)).Json;
            seen += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        Assert.Equal(await town.Database.Scalar<int>("SELECT COUNT(*) FROM users WHERE roles = 'customer'"), seen);
    }

    [Theory, InlineData("/api/staff"), InlineData("/api/customers"), InlineData("/api/customers/0195e2a0-0000-7000-8000-000000000001")]
    public async Task Shoppers_may_not_ask(string path)
    {
        Assert.Equal(401, (await town.Users.Get(path)).Status);
        Assert.Equal(403, (await town.Users.As((await town.PersonsSession()).Access).Get(path)).Status);
        Assert.Equal(403, (await town.Users.As((await town.Guest()).Access).Get(path)).Status);
    }

    [Fact]
    public async Task Whoever_is_no_shopper_is_no_customer()
    {
        var clerk = Session.Of(await town.LogIn(Town.StaffEmail, Town.StaffPassword));
        Assert.Equal(404, (await town.Users.As(clerk.Access).Get($"/api/customers/{clerk.UserId}")).Status);
    }
}
