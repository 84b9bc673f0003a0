using System.Net.Http.Headers;
using System.Text;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

public sealed class ReceiveCallTests(Bank bank) : IClassFixture<Bank>
{
    private Api Stranger => bank.Store.Api("sandbox");

    [Fact]
    public async Task Refuses_without_a_key_and_with_a_wrong_one()
    {
        foreach (var token in new[] { null, "sk_test_wrong", "pk_test_x" })
        {
            var refused = (await Stranger.As(token).Get("/v1/payment_intents")).Refuses(401, "invalid_request_error");
            Assert.StartsWith("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Never_repeats_a_wrong_key_in_full() =>
        Assert.DoesNotContain("sk_test_0123456789abcdef", (await Stranger.As("sk_test_0123456789abcdef").Get("/v1/payment_intents")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_live_keys() =>
        Assert.Contains("no live keys", (await Stranger.As("sk_live_x").Get("/v1/payment_intents")).Refuses(401, "invalid_request_error").At("error.message"), StringComparison.Ordinal);

    [Fact]
    public void Does_not_start_with_a_live_key()
    {
        var folder = Directory.CreateTempSubdirectory();
        var fault = Assert.Throws<InvalidOperationException>(() => Program.Build(["--STRIPE_SECRET_KEY=sk_live_x", $"--Stoa:DataFolder={folder.FullName}"]));
        Assert.Contains("live key", fault.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Makes_its_own_key_when_none_is_given_and_keeps_it()
    {
        await using var store = await TestStore.Start([("sandbox", Program.Build)]);
        var file = Path.Combine(store.Folder, "sandbox", "secret.key");
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(200, (await store.Api("sandbox").As(key).Get("/v1/payment_intents")).Status);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Takes_the_key_as_user_name_of_Basic_authentication()
    {
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Bank.Key + ":"));
        Assert.Equal(200, (await Stranger.Get("/v1/payment_intents", ("Authorization", basic))).Status);
        Assert.Equal(401, (await Stranger.Get("/v1/payment_intents", ("Authorization", "Basic not-base64"))).Status);
    }

    [Fact]
    public async Task Names_the_version_it_was_asked_for_and_refuses_what_is_none()
    {
        Assert.Equal("2024-06-20", (await bank.Get("/v1/payment_intents", ("Stripe-Version", "2024-06-20"))).Ok().Header("Stripe-Version"));
        (await bank.Get("/v1/payment_intents", ("Stripe-Version", "newest"))).Refuses(400, "invalid_request_error");
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("GET", "/v1/payment_intents/")]
    [InlineData("DELETE", "/v1/payment_intents")]
    [InlineData("PUT", "/v1/refunds")]
    public async Task An_unknown_address_is_404_in_Stripes_words(string method, string path) =>
        Assert.Contains("Unrecognized request URL", (await Stranger.As(Bank.Key).Send(new HttpMethod(method), path == "/v1/payment_intents/" ? "/v1/payment_intents/x/y" : path, null, null, []))
            .Refuses(404, "invalid_request_error").At("error.message"), StringComparison.Ordinal);

    [Theory]
    [InlineData("amount[=1")]
    [InlineData("amount=%00")]
    [InlineData("a=1&a[b]=1")]
    public async Task Refuses_what_is_no_form(string body) =>
        (await Raw(body, "application/x-www-form-urlencoded")).Refuses(400, "invalid_request_error");

    [Fact]
    public async Task Refuses_JSON_and_other_content_types()
    {
        (await Raw("{\"amount\":2000}", "application/json")).Refuses(400, "invalid_request_error");
        (await Raw("x", "text/plain")).Refuses(400, "invalid_request_error");
    }

    [Fact]
    public async Task Refuses_a_huge_body() =>
        (await Raw("a=" + new string('x', 300_000), "application/x-www-form-urlencoded")).Refuses(413, "invalid_request_error");

    [Fact]
    public async Task Survives_text_that_is_no_UTF_8() =>
        Assert.InRange((await Raw("amount=2000&currency=usd&description=%ff%fe", "application/x-www-form-urlencoded")).Status, 200, 499);

    private Task<Reply> Raw(string body, string type)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return Stranger.As(Bank.Key).Post("/v1/payment_intents", content);
    }
}
