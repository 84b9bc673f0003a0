using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Somebody who can log in is always an admin. Each test has a town of its own, for it counts all admins.</summary>
public sealed class LastAdminTests : IAsyncLifetime
{
    private static readonly string[] AsStaff = ["staff"];
    private static readonly string[] AsAdmin = ["staff", "admin"];

    private readonly Town _town = new();
    private Session _admin = null!;

    private Api Admin => _town.Users.As(_admin.Access);

    public async ValueTask InitializeAsync()
    {
        await _town.InitializeAsync();
        _admin = Session.Of(await _town.LogIn(Town.StaffEmail, Town.StaffPassword));
    }

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    private async Task<(int, string?)[]> LeavesAllThreeWays()
    {
        Reply[] replies =
        [
            await Admin.Put($"/api/staff/{_admin.UserId}/roles", new { roles = AsStaff }), await Admin.Post($"/api/staff/{_admin.UserId}/lock"),
            await Admin.Delete($"/api/staff/{_admin.UserId}"), await Admin.Delete("/api/users/me"),
        ];
        return [.. replies.Select(reply => (reply.Status, reply.Code))];
    }

    [Fact]
    public async Task The_last_admin_cannot_lose_the_role_be_locked_or_be_erased() =>
        Assert.All(await LeavesAllThreeWays(), reply => Assert.Equal((409, "last_admin"), reply));

    [Fact]
    public async Task An_admin_who_is_invited_or_locked_or_was_one_does_not_count()
    {
        await _town.Invite(_town.NewEmail(), AsAdmin);
        var (locked, unmade) = (await _town.Hired(AsAdmin), await _town.Hired(AsAdmin));
        Assert.Equal(200, (await Admin.Post($"/api/staff/{locked.UserId}/lock")).Status);
        Assert.Equal(200, (await Admin.Put($"/api/staff/{unmade.UserId}/roles", new { roles = AsStaff })).Status);
        Assert.All(await LeavesAllThreeWays(), reply => Assert.Equal((409, "last_admin"), reply));
    }

    [Fact]
    public async Task With_another_admin_one_may_leave()
    {
        await _town.Hired(AsAdmin);
        Assert.Equal(200, (await Admin.Put($"/api/staff/{_admin.UserId}/roles", new { roles = AsStaff })).Status);
    }

    [Fact]
    public async Task Two_admins_who_unmake_each_other_at_once_leave_one()
    {
        var other = await _town.Hired(AsAdmin);
        var replies = await Task.WhenAll(
            Admin.Put($"/api/staff/{other.UserId}/roles", new { roles = AsStaff }),
            _town.Users.As(other.Access).Put($"/api/staff/{_admin.UserId}/roles", new { roles = AsStaff }));
        Assert.Equal([200, 409], replies.Select(reply => reply.Status).Order());
        Assert.Equal(1, await _town.Database.Scalar<int>("SELECT COUNT(*) FROM users WHERE roles = 'admin staff'"));
    }
}
