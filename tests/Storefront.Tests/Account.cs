namespace Stoa.Storefront.Tests;

public class Account
{
    private const string Change = "PATCH /api/users/me";

    private static async Task<Shop> SignedIn()
    {
        var shop = await Shop.Open();
        shop.Api.On("GET /api/users/me", 200, new { id = Guid.Empty, name = "Anna", email = "anna@example.org", emailConfirmed = true });
        await shop.Visitor.Submit(await shop.Visitor.Get("/login"), "/login", ("email", "anna@example.org"), ("password", "olive trees and wine"));
        return shop;
    }

    [Fact]
    public async Task Changes_address_and_password_for_whoever_knows_the_present_one()
    {
        await using var shop = await SignedIn();
        shop.Api.On(Change, 200, new { id = Guid.Empty, name = "Anna", email = "new@example.org" });
        var done = await shop.Visitor.Submit(await shop.Visitor.Get("/account"), "/account/access",
            ("email", "new@example.org"), ("password", "a rainy night in June"), ("currentPassword", "olive trees and wine"));
        Assert.Equal("/account?saved=yes", done.Location);
        var sent = shop.Api.CallsTo(Change).Single().Body;
        Assert.Equal(("new@example.org", "a rainy night in June", "olive trees and wine"),
            (sent.GetProperty("email").GetString(), sent.GetProperty("password").GetString(), sent.GetProperty("currentPassword").GetString()));
    }

    [Fact]
    public async Task Leaves_the_password_as_it_is_when_none_is_typed()
    {
        await using var shop = await SignedIn();
        shop.Api.On(Change, 200, new { id = Guid.Empty, name = "Anna", email = "new@example.org" });
        await shop.Visitor.Submit(await shop.Visitor.Get("/account"), "/account/access", ("email", "new@example.org"), ("password", ""), ("currentPassword", "olive trees and wine"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shop.Api.CallsTo(Change).Single().Body.GetProperty("password").ValueKind);
    }

    [Fact]
    public async Task Explains_a_refusal_at_its_field_and_keeps_what_was_typed()
    {
        await using var shop = await SignedIn();
        shop.Api.On(Change, 422, FakeApi.Refusal(422, "validation", new { errors = new { currentPassword = new[] { "is not your password" } } }));
        var page = await shop.Visitor.Submit(await shop.Visitor.Get("/account"), "/account/access", ("email", "new@example.org"), ("currentPassword", "wrong"));
        Assert.Equal((422, "The current password is not your password."), (page.Status, page.Html.QuerySelector("#currentPassword-error")!.TextContent));
        Assert.Equal("new@example.org", page.Input("email"));
        shop.Api.On(Change, 409, FakeApi.Refusal(409, "email_taken"));
        page = await shop.Visitor.Submit(page, "/account/access", ("email", "taken@example.org"), ("currentPassword", "olive trees and wine"));
        Assert.Equal(409, page.Status);
        Assert.NotNull(page.Html.QuerySelector("#email-error"));
    }

    [Fact]
    public async Task Is_deleted_by_a_second_yes_and_the_session_with_it()
    {
        await using var shop = await SignedIn();
        shop.Api.On("DELETE /api/users/me", 204);
        var question = await shop.Visitor.Get("/account/delete");
        Assert.Empty(shop.Api.CallsTo("DELETE /api/users/me"));
        Assert.Equal("Your account is gone", (await shop.Visitor.Submit(question, "/account/delete")).Heading);
        Assert.Single(shop.Api.CallsTo("DELETE /api/users/me"));
        Assert.Null(shop.Visitor.Cookie("stoa.refresh"));
    }

    [Fact]
    public async Task Is_not_said_to_be_deleted_while_the_accounts_are_away()
    {
        await using var shop = await SignedIn();
        shop.Api.On("DELETE /api/users/me", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        Assert.Equal(503, (await shop.Visitor.Submit(await shop.Visitor.Get("/account/delete"), "/account/delete")).Status);
        Assert.NotNull(shop.Visitor.Cookie("stoa.refresh"));
    }
}
