using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

public sealed class OutboundTests
{
    [Fact]
    public async Task A_connection_that_is_reset_as_it_is_made_is_an_unavailable_neighbour_and_no_bug()
    {
        await using var store = await TestStore.Start([("asker", Asker)], outbound: _ => new ResetAtOnce());

        var reply = await store.Api("asker").Get("/ask");

        Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task The_keys_are_there_before_the_first_token_so_that_Users_may_be_down_when_it_comes()
    {
        var users = new UsersThatEnds();
        await using var store = await TestStore.Start([("asker", Asker)], outbound: _ => users);
        File.Delete(Path.Combine(store.Folder, "asker", "jwks.json"));
        users.Jwks = store.Tokens.Jwks;
        await Eventually.Is(() => Task.FromResult(users.HasTold), "the keys are asked for, though nobody showed a token");
        users.Jwks = null;

        Assert.Equal(200, (await store.Api("asker").As(store.Tokens.Customer(new Entropy(TimeProvider.System).NewId())).Get("/mine")).Status);
    }

    public sealed class Neighbour(ServiceCaller caller)
    {
        public Task<Answer<string>> Ask(CancellationToken stop) => caller.Get<string>("internal/anything", stop);
    }

    private static WebApplication Asker(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("asker", args, seams);
        service.AddClient<Neighbour>("orders");
        var app = service.Build();
        app.MapGet("/mine", (Buyer buyer) => buyer.Id).ForBuyers();
        app.MapGet("/ask", (Neighbour neighbour, CancellationToken stop) => neighbour.Ask(stop));
        return app;
    }

    private sealed class ResetAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);
    }

    /// <summary>Users, which is away before it has keys to tell and after it told them.</summary>
    private sealed class UsersThatEnds : HttpMessageHandler
    {
        public volatile string? Jwks;
        public volatile bool HasTold;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (Jwks is not { } keys) throw new HttpRequestException("Users is away");
            HasTold = true;
            return new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent(keys, System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
