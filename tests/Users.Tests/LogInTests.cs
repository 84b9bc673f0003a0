using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class LogInTests(Town town) : IClassFixture<Town>
{
    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    [Fact]
    public async Task Answers_a_pair_of_tokens_and_the_user()
    {
        var email = await town.Person();
        var reply = await town.LogIn(email.ToUpperInvariant());
        Assert.Equal(201, reply.Status);
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Equal("Bearer", reply.Json.GetProperty("tokenType").GetString());
        Assert.Equal(900, reply.Json.GetProperty("expiresIn").GetInt32());
        Assert.Equal(email, reply.Json.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("Ann Example", reply.Json.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(["customer"], Session.Of(reply).Roles);
    }

    [Fact]
    public async Task Puts_ids_and_roles_into_the_access_token_and_nothing_personal()
    {
        var session = await town.PersonsSession();
        Assert.Equal(["aud", "exp", "guests", "iat", "iss", "roles", "sid", "sub"], session.Claims.EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal("stoa", session.Claims.GetProperty("iss").GetString());
        Assert.Equal("stoa", session.Claims.GetProperty("aud").GetString());
        Assert.Equal(session.UserId, session.Claims.GetProperty("sub").GetGuid());
        Assert.Equal(900, session.Claims.GetProperty("exp").GetInt64() - session.Claims.GetProperty("iat").GetInt64());
        Assert.Empty(session.Guests);
    }

    [Fact]
    public async Task An_access_token_ends_after_a_quarter_of_an_hour_and_half_a_minute_of_grace()
    {
        var session = await town.PersonsSession();
        town.Clock.Advance(TimeSpan.FromSeconds(929));
        Assert.Equal(200, (await town.Users.As(session.Access).Get("/api/users/me")).Status);
        town.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((401, "unauthenticated"), Both(await town.Users.As(session.Access).Get("/api/users/me")));
    }

    [Fact]
    public async Task Answers_a_wrong_password_and_an_unknown_address_alike()
    {
        var wrong = await town.LogIn(await town.Person(), "another password");
        var unknown = await town.LogIn(town.NewEmail(), "another password");
        Assert.Equal((401, "login_failed"), Both(wrong));
        Assert.Equal("Bearer", wrong.Header("WWW-Authenticate"));
        Assert.Equal(Shape(wrong), Shape(unknown));
        Assert.Equal(wrong.Json.GetProperty("detail").GetString(), unknown.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("{}", "email password")]
    [InlineData("""{"email": "a@example.com"}""", "password")]
    [InlineData("""{"email": "a@example.com", "password": "x", "guestToken": "nonsense"}""", "guestToken")]
    public async Task Refuses_a_request_that_lacks_a_field(string body, string fields)
    {
        var reply = await town.Users.Post("/api/sessions", body);
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Equal(fields.Split(' '), reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Locks_an_address_after_five_wrong_passwords_whether_or_not_anybody_has_it(bool known)
    {
        var email = known ? await town.Person() : town.NewEmail();
        for (var i = 0; i < 5; i++) Assert.Equal((401, "login_failed"), Both(await town.LogIn(i % 2 == 0 ? email : email.ToUpperInvariant(), "wrong wrong")));
        town.Clock.Advance(TimeSpan.FromMinutes(5));
        await town.Store.Stop("users"); // the count is durable
        await town.Store.Run("users");
        var locked = await town.LogIn(email);
        Assert.Equal((429, "account_locked"), Both(locked));
        Assert.Equal("600", locked.Header("Retry-After"));
        town.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(known ? 201 : 401, (await town.LogIn(email)).Status);
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones()
    {
        var email = await town.Person();
        for (var i = 0; i < 4; i++) Assert.Equal(401, (await town.LogIn(email, "wrong wrong")).Status);
        Assert.Equal(201, (await town.LogIn(email)).Status);
        for (var i = 0; i < 4; i++) Assert.Equal(401, (await town.LogIn(email, "wrong wrong")).Status);
        Assert.Equal(201, (await town.LogIn(email)).Status);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_count_as_well()
    {
        var email = await town.Person();
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => town.LogIn(email, "wrong wrong")));
        Assert.Equal(5, replies.Count(reply => reply.Status == 401));
        Assert.Equal(5, replies.Count(reply => reply.Code == "account_locked"));
    }

    private static IEnumerable<string> Shape(Reply reply) => reply.Json.EnumerateObject().Select(one => one.Name)
        .Concat(reply.Headers.Select(header => header.Key)).Order();
}
