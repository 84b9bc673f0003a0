using Stoa.Kit;

namespace Stoa.Hello.Tests;

public sealed class HelloTests : IAsyncLifetime
{
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() =>
        _store = await TestStore.Start([("greeting", Greeting.Program.Build), ("farewell", Farewell.Program.Build)]);

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("greeting", "/greet", "Hello from Greeting Service!")]
    [InlineData("farewell", "/farewell", "Goodbye from Farewell Service!")]
    public async Task Says_its_line_in_plain_text(string service, string path, string line)
    {
        var reply = await _store.Api(service).Get(path);

        Assert.Equal((200, line), (reply.Status, reply.Body));
        Assert.Equal("text/plain", reply.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("greeting", "/")]
    [InlineData("greeting", "/farewell")]
    [InlineData("greeting", "/greet/again")]
    [InlineData("farewell", "/greet")]
    [InlineData("farewell", "/index.html")]
    public async Task Any_other_path_is_404_in_plain_text(string service, string path)
    {
        var reply = await _store.Api(service).Get(path);

        Assert.Equal((404, "404: Not Found"), (reply.Status, reply.Body));
        Assert.Equal("text/plain", reply.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Has_what_every_service_has(string path) =>
        Assert.Equal(200, (await _store.Api("greeting").Get(path)).Status);

    [Fact]
    public async Task One_goes_on_when_the_other_has_ended()
    {
        await _store.Stop("greeting");

        Assert.Equal(200, (await _store.Api("farewell").Get("/farewell")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => _store.Api("greeting").Get("/greet"));
    }
}
