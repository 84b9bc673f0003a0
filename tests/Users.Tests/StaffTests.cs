using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class StaffTests
{
    [Fact]
    public async Task The_settings_staff_account_is_made_once_and_keeps_what_its_owner_changes()
    {
        await using var town = new Town();
        await town.InitializeAsync();
        var session = Session.Of(await town.LogIn(Town.StaffEmail, Town.StaffPassword));
        Assert.Equal(["admin", "staff"], session.Roles.Order());
        Assert.Equal(200, (await town.Users.As(session.Access).Patch("/api/users/me",
            new { password = "a password of my own", currentPassword = Town.StaffPassword })).Status);

        await town.Store.Stop("users");
        await town.Store.Run("users");
        Assert.Equal(401, (await town.LogIn(Town.StaffEmail, Town.StaffPassword)).Status);
        Assert.Equal(201, (await town.LogIn(Town.StaffEmail, "a password of my own")).Status);
    }

    [Fact]
    public async Task Without_settings_one_is_made_with_a_random_password_that_is_printed_once()
    {
        var (console, printed) = (Console.Out, new StringWriter());
        Console.SetOut(printed);
        try
        {
            await using var store = await TestStore.Start([("users", Program.Build)], new ManualClock());
            var words = printed.ToString().Split('\n').Single(line => line.StartsWith("stoa: staff account", StringComparison.Ordinal)).Split(' ');
            var (email, password) = (words[3], words[6]);
            Assert.Equal(201, (await store.Api("users").Post("/api/sessions", new { email, password })).Status);

            printed.GetStringBuilder().Clear();
            await store.Stop("users");
            await store.Run("users");
            Assert.DoesNotContain("stoa: staff account", printed.ToString(), StringComparison.Ordinal);
            Assert.Equal(1, await store.Get<Database>("users").Scalar<int>("SELECT COUNT(*) FROM users"));
        }
        finally
        {
            Console.SetOut(console);
        }
    }
}
