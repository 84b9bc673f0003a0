using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stoa.Launcher.Tests;

public class AskTests
{
    [Fact]
    public void Makes_a_token_for_one_receiver_that_the_operators_key_signed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        var parts = Ask.Token(key.ExportPkcs8PrivateKeyPem(), "orders", now).Split('.');

        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal("operator", claims.GetProperty("iss").GetString());
        Assert.Equal("orders", claims.GetProperty("aud").GetString());
        Assert.Equal(1_800_000_300, claims.GetProperty("exp").GetInt64());
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }
}
