using System.Text;

namespace Stoa.Notifications.Tests;

public sealed class WebhookSignatureTests
{
    /// <summary>The example that the specification's own libraries are tested with.</summary>
    [Fact]
    public void Signs_as_the_specification_does()
    {
        var secret = WebhookSignature.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Header("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", [secret]));
    }

    [Fact]
    public void Signs_with_every_secret_the_newest_first()
    {
        byte[] one = [.. Enumerable.Repeat((byte)1, 32)], two = [.. Enumerable.Repeat((byte)2, 32)];
        string First(byte[] secret) => WebhookSignature.Header("id", 7, "{}", [secret]);
        Assert.Equal($"{First(two)} {First(one)}", WebhookSignature.Header("id", 7, "{}", [two, one]));
        Assert.NotEqual(First(one), First(two));
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(23, false)]
    [InlineData(65, false)]
    public void Takes_secrets_of_24_to_64_bytes(int bytes, bool taken) =>
        Assert.Equal(taken, WebhookSignature.Read(WebhookSignature.Write(new byte[bytes])) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64, but long enough to be a secret")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Takes_nothing_else_for_a_secret(string text) => Assert.Null(WebhookSignature.Read(text));

    [Fact]
    public void Writes_a_secret_as_it_reads_it()
    {
        var secret = Encoding.ASCII.GetBytes("0123456789012345678901234567890123");
        Assert.Equal(secret, WebhookSignature.Read(WebhookSignature.Write(secret)));
    }
}
