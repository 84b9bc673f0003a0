using Stoa.Kit;

namespace Stoa.Users.Tests;

public sealed class SignUpTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Answers_the_account_without_the_password()
    {
        town.Clock.Advance(TimeSpan.FromTicks(12_345)); // answers tell whole milliseconds, now as later
        var now = DateTimeOffset.FromUnixTimeMilliseconds(town.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var email = town.NewEmail();
        var reply = await town.Users.Post("/api/users", new { name = "  Ann Example ", email, password = Town.Password });
        Assert.Equal(201, reply.Status);
        Assert.Equal("Ann Example", reply.Json.GetProperty("name").GetString());
        Assert.Equal(email, reply.Json.GetProperty("email").GetString());
        Assert.Equal(7, reply.Json.GetProperty("id").GetGuid().Version);
        Assert.Equal(now, reply.Json.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(["createdAt", "email", "id", "name"], reply.Json.EnumerateObject().Select(one => one.Name).Order());
    }

    [Fact]
    public async Task Refuses_an_address_that_has_an_account_whatever_its_case()
    {
        var email = await town.Person();
        var reply = await town.SignUp(email.ToUpperInvariant());
        Assert.Equal((409, "email_taken"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Gives_one_of_two_that_ask_at_once_the_address()
    {
        var email = town.NewEmail();
        var replies = await Task.WhenAll(town.SignUp(email), town.SignUp(email));
        Assert.Equal([201, 409], replies.Select(reply => reply.Status).Order());
    }

    [Theory]
    [InlineData("name", """{"email": "x1@example.com", "password": "a fine day in May"}""")]
    [InlineData("name", """{"name": "  ", "email": "x1@example.com", "password": "a fine day in May"}""")]
    [InlineData("name", """{"name": "Ann\r\nBcc: all", "email": "x1@example.com", "password": "a fine day in May"}""")]
    [InlineData("email", """{"name": "Ann", "password": "a fine day in May"}""")]
    [InlineData("email", """{"name": "Ann", "email": "nobody", "password": "a fine day in May"}""")]
    [InlineData("email", """{"name": "Ann", "email": "a@b", "password": "a fine day in May"}""")]
    [InlineData("email", """{"name": "Ann", "email": "a b@example.com", "password": "a fine day in May"}""")]
    [InlineData("password", """{"name": "Ann", "email": "x1@example.com"}""")]
    [InlineData("password", """{"name": "Ann", "email": "x1@example.com", "password": "seven c"}""")]
    [InlineData("password", """{"name": "Ann", "email": "x1@example.com", "password": "Password123"}""")]
    [InlineData("password", """{"name": "Ann", "email": "x1@example.com", "password": "QWERTYuiop"}""")]
    [InlineData("guestToken", """{"name": "Ann", "email": "x1@example.com", "password": "a fine day in May", "guestToken": "nonsense"}""")]
    [InlineData("guestToken", """{"name": "Ann", "email": "x1@example.com", "password": "a fine day in May", "guestToken": ""}""")]
    public async Task Refuses_a_field_that_is_not_as_it_must_be(string field, string body)
    {
        var reply = await town.Users.Post("/api/users", body);
        Assert.Equal((422, "validation"), (reply.Status, reply.Code));
        Assert.Equal([field], reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task Counts_a_passwords_characters_not_its_bytes_or_code_units()
    {
        Assert.Equal(422, (await town.SignUp(town.NewEmail(), string.Concat(Enumerable.Repeat("🏛", 7)))).Status);
        Assert.Equal(422, (await town.SignUp(town.NewEmail(), new string('é', 129))).Status);
        var (email, longest) = (town.NewEmail(), string.Concat(Enumerable.Repeat("🏛", 128)));
        Assert.Equal(201, (await town.SignUp(email, longest)).Status);
        Assert.Equal(201, (await town.LogIn(email, longest)).Status);
        Assert.Equal(401, (await town.LogIn(email, longest[..^2])).Status);
    }

    [Fact]
    public async Task Refuses_names_and_addresses_that_are_too_long()
    {
        var reply = await town.Users.Post("/api/users", new { name = new string('a', 101), email = new string('a', 250) + "@example.com", password = Town.Password });
        Assert.Equal(422, reply.Status);
        Assert.Equal(["email", "name"], reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name).Order());
    }

    [Theory]
    [InlineData("{\"name\": 7}")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"name\": \"a\\u0000b\"}")]
    public async Task Refuses_a_body_that_is_no_request(string body)
    {
        foreach (var path in (string[])["/api/users", "/api/sessions", "/api/sessions/refresh"])
        {
            if (body.Contains("name", StringComparison.Ordinal) && path != "/api/users") continue;
            Assert.Equal("malformed", (await town.Users.Post(path, body)).Code);
        }
    }
}
