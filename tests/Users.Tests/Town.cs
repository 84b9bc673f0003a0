using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>Users alone, on a clock that a test class moves, with a staff account from the settings. Passwords are hashed
/// with few rounds, for time.</summary>
public sealed class Town : IAsyncLifetime
{
    public const string Password = "a fine day in May";
    public const string StaffEmail = "clerk@shop.example";
    public const string StaffPassword = "the clerk's own password";

    private int _people;

    public ManualClock Clock { get; } = new();

    public TestStore Store { get; private set; } = null!;

    public Api Users => Store.Api("users");

    public Database Database => Store.Get<Database>("users");

    public ValueTask InitializeAsync() => Start(QuickPasswords);

    /// <summary>With passwords as the shipped service hashes them.</summary>
    public static async Task<Town> WithRealPasswords()
    {
        var town = new Town();
        await town.Start(null);
        return town;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async ValueTask Start(Action<IHostApplicationBuilder>? host) => Store = await TestStore.Start([("users", Program.Build)], Clock,
        new() { ["STOA_STAFF_EMAIL"] = StaffEmail, ["STOA_STAFF_PASSWORD"] = StaffPassword, ["Stoa:Passwords:Iterations"] = "1" }, host: host);

    private static void QuickPasswords(IHostApplicationBuilder host) =>
        host.Services.AddSingleton(provider => new Passwords(1_000, provider.GetRequiredService<Entropy>()));

    /// <summary>An address that nobody has yet.</summary>
    public string NewEmail() => string.Create(CultureInfo.InvariantCulture, $"person{Interlocked.Increment(ref _people)}@example.com");

    public Task<Reply> SignUp(string email, string password = Password, string? guestToken = null) =>
        Users.Post("/api/users", new { name = "Ann Example", email, password, guestToken });

    public Task<Reply> LogIn(string email, string password = Password, string? guestToken = null) =>
        Users.Post("/api/sessions", new { email, password, guestToken });

    public Task<Reply> Refresh(string refreshToken) => Users.Post("/api/sessions/refresh", new { refreshToken });

    /// <summary>A new user's address.</summary>
    public async Task<string> Person()
    {
        var email = NewEmail();
        Assert.Equal(201, (await SignUp(email)).Status);
        return email;
    }

    /// <summary>A new user's session.</summary>
    public async Task<Session> PersonsSession() => Session.Of(await LogIn(await Person()));

    public async Task<Session> Guest() => Session.Of(await Users.Post("/api/sessions/guest"));

    /// <summary>The admin of the settings.</summary>
    public async Task<Api> Admin() => Users.As(Session.Of(await LogIn(StaffEmail, StaffPassword)).Access);

    public async Task<Reply> Invite(string email, string[]? roles) => await (await Admin()).Post("/api/staff", new { name = "Kleio Example", email, roles });

    public Task<Reply> Accept(string? token, string password) => Users.Post("/api/staff/invitations/complete", new { token, password });

    /// <summary>A new colleague's session; staff and no admin where no roles are given.</summary>
    public async Task<Session> Hired(params string[] roles)
    {
        var email = NewEmail();
        Assert.Equal(201, (await Invite(email, roles.Length > 0 ? roles : ["staff"])).Status);
        Clock.Advance(TimeSpan.FromSeconds(1)); // what is recorded is told by its time
        Assert.Equal(204, (await Accept(await MailedToken(MailedLinks.StaffInvitation, email), Password)).Status);
        return Session.Of(await LogIn(email));
    }

    /// <summary>What staff did to an account, newest first.</summary>
    public async Task<JsonElement[]> Changes(Guid accountId) =>
        [.. (await (await Admin()).Get($"/api/staff/changes?accountId={accountId}")).Json.GetProperty("items").EnumerateArray()];

    /// <summary>Asks for a link to choose a new password.</summary>
    public Task<Reply> AskReset(string email) => Users.Post("/api/password-resets", new { email });

    public Task<Reply> CompleteReset(string? token, string password) => Users.Post("/api/password-resets/complete", new { token, password });

    public Task<Reply> Confirm(string? token) => Users.Post("/api/email-confirmations/complete", new { token });

    /// <summary>The open link for an address.</summary>
    public Task<Guid> Link(string purpose, string email) => Database.Scalar<Guid>(
        "SELECT id FROM mailed_links WHERE purpose = @purpose AND address = @address AND is_open", new { purpose, address = EmailAddress.Hash(email) });

    /// <summary>What Notifications gets when it writes the mail.</summary>
    public Task<Reply> Mail(Guid link) => Store.Internal("users", "notifications").Post($"/internal/mailed-links/{link}/token");

    /// <summary>The token in the mail of the open link for an address.</summary>
    public async Task<string> MailedToken(string purpose, string email) => Token(await Mail(await Link(purpose, email)));

    public static string Token(Reply mail)
    {
        Assert.Equal(200, mail.Status);
        return mail.Json.GetProperty("token").GetString()!;
    }

    /// <summary>How many events of a type this service has told or is about to (on PostgreSQL they get their position a moment later).</summary>
    public Task<int> CountTold(string type) => Database.Scalar<int>("SELECT COUNT(*) FROM event_log WHERE type = @type", new { type });

    /// <summary>The events of a type that this service told, oldest first.</summary>
    public async Task<JsonElement[]> Told(string type) => [.. (await Store.Told("users")).Where(one => one.Type == type).Select(one => one.Json)];
}

/// <summary>A session as it was answered.</summary>
public sealed record Session(Guid UserId, string Access, string Refresh, string[] Roles, JsonElement Claims)
{
    public static Session Of(Reply reply)
    {
        Assert.Equal(201, reply.Status);
        var json = reply.Json;
        var access = json.GetProperty("accessToken").GetString()!;
        return new Session(
            json.GetProperty("user").GetProperty("id").GetGuid(), access, json.GetProperty("refreshToken").GetString()!,
            Texts(json.GetProperty("user"), "roles"), Part(access, 1));
    }

    /// <summary>The guests that the access token names, the latest first.</summary>
    public Guid[] Guests => [.. Texts(Claims, "guests").Select(text => Guid.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The key that signed the access token.</summary>
    public string KeyId => Part(Access, 0).GetProperty("kid").GetString()!;

    private static JsonElement Part(string token, int index) => JsonSerializer.Deserialize<JsonElement>(
        System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[index]));

    private static string[] Texts(JsonElement holder, string name) => [.. holder.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];
}
