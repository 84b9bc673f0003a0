using System.Text.Json;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>The keys that access tokens are signed with, and their change (C3). Each test has a town of its own, for it moves months on.</summary>
public sealed class KeyTests
{
    private static async Task<string[]> Published(Town town) =>
        [.. (await town.Users.Get("/.well-known/jwks.json")).Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];

    private static Task Turn(Town town) => town.Store.Get<LoopRegistry>("users").Step("signing-keys", CancellationToken.None);

    private static async Task<Town> Start()
    {
        var town = new Town();
        await town.InitializeAsync();
        await Turn(town); // the first key is of this moment, however late the service's own loop begins
        return town;
    }

    [Fact]
    public async Task The_public_keys_may_be_cached_for_five_minutes()
    {
        await using var town = await Start();
        var reply = await town.Users.Get("/.well-known/jwks.json");
        Assert.Equal(200, reply.Status);
        Assert.Equal("public, max-age=300", reply.Header("Cache-Control"));
        var key = Assert.Single(reply.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal(("EC", "P-256", "ES256", "sig"), (Text(key, "kty"), Text(key, "crv"), Text(key, "alg"), Text(key, "use")));
        Assert.Equal((await town.Guest()).KeyId, Text(key, "kid"));
    }

    [Fact]
    public async Task Keys_outlive_a_restart()
    {
        await using var town = await Start();
        var guest = await town.Guest();
        await town.Store.Stop("users");
        await town.Store.Run("users");
        Assert.Equal(204, (await town.Users.As(guest.Access).Delete("/api/sessions/current")).Status);
        Assert.Equal([guest.KeyId], await Published(town));
    }

    [Fact]
    public async Task A_new_key_is_published_for_a_cache_lifetime_before_it_signs()
    {
        await using var town = await Start();
        var first = (await town.Guest()).KeyId;
        town.Clock.Advance(TimeSpan.FromDays(30));
        await Turn(town);
        var second = Assert.Single(await Published(town), key => key != first);
        town.Clock.Advance(SigningKeys.CacheLifetime);
        Assert.Equal(first, (await town.Guest()).KeyId);
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(second, (await town.Guest()).KeyId);
    }

    [Fact]
    public async Task A_key_that_no_longer_signs_loses_its_private_half_and_is_published_while_its_tokens_serve()
    {
        await using var town = await Start();
        town.Clock.Advance(TimeSpan.FromDays(30));
        await Turn(town);
        town.Clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromSeconds(1));
        var guest = await town.Guest(); // the first key's last token
        town.Clock.Advance(TimeSpan.FromMinutes(2));
        await Turn(town);
        Assert.Equal(1, await town.Database.Scalar<int>("SELECT COUNT(*) FROM signing_keys WHERE private_key IS NOT NULL"));
        Assert.NotEqual(guest.KeyId, (await town.Guest()).KeyId);
        Assert.Equal(204, (await town.Users.As(guest.Access).Delete("/api/sessions/current")).Status);

        town.Clock.Advance(TimeSpan.FromDays(30));
        await Turn(town);
        Assert.Contains(guest.KeyId, await Published(town));
        Assert.Equal(201, (await town.SignUp(town.NewEmail(), guestToken: guest.Access)).Status);
        town.Clock.Advance(TimeSpan.FromMinutes(20));
        await Turn(town);
        Assert.DoesNotContain(guest.KeyId, await Published(town));
        Assert.Equal(422, (await town.SignUp(town.NewEmail(), guestToken: guest.Access)).Status);
    }

    private static string Text(JsonElement key, string name) => key.GetProperty(name).GetString()!;
}
