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

    public sealed class Neighbour(ServiceCaller caller)
    {
        public Task<Answer<string>> Ask(CancellationToken stop) => caller.Get<string>("internal/anything", stop);
    }

    private static WebApplication Asker(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("asker", args, seams);
        service.AddClient<Neighbour>("orders");
        var app = service.Build();
        app.MapGet("/ask", (Neighbour neighbour, CancellationToken stop) => neighbour.Ask(stop));
        return app;
    }

    private sealed class ResetAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);
    }
}
