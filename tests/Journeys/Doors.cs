namespace Stoa.Journeys;

/// <summary>What is closed to everybody outside.</summary>
public sealed class Doors(RunningStore store)
{
    [Theory]
    [InlineData("/internal/events?after=0")]
    [InlineData("/Internal/events?after=0")]
    [InlineData("//internal/events?after=0")]
    [InlineData("/./internal/events?after=0")]
    [InlineData("/%69nternal/events?after=0")]
    [InlineData("/%2finternal/events?after=0")]
    [InlineData("/internal%2fevents?after=0")]
    [InlineData("/internal%5cevents?after=0")]
    [InlineData("/internal;v=1/events?after=0")]
    [InlineData("/api/orders/../../internal/events?after=0")]
    [InlineData("/api/orders/%2e%2e/%2e%2e/internal/events?after=0")]
    [InlineData("/api/orders/..%2f..%2finternal/events?after=0")]
    [InlineData("/api/orders/..%5c..%5cinternal%5cevents?after=0")]
    [InlineData("/api/orders/.%2e/.%2e/internal/events?after=0")]
    [InlineData("/api/orders/..;/..;/internal/events?after=0")]
    [InlineData("/api/orders/%252e%252e/%252e%252e/internal/events?after=0")]
    [InlineData("/api/products/../internal/events?after=0")]
    [InlineData("/sandbox/../internal/events?after=0")]
    [InlineData("/api/orders//../../internal/events?after=0")]
    public async Task Nothing_internal_is_reached_through_the_gateway(string path) =>
        Assert.Contains(await store.StatusOf(path), new[] { 400, 404 });   // never the 401 or 403 of a service that was reached

    [Theory]
    [InlineData("users")]
    [InlineData("products")]
    [InlineData("inventory")]
    [InlineData("carts")]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("notifications")]
    public async Task A_service_answers_nobody_without_a_service_token(string service)
    {
        Assert.Equal(401, (await store.At(service).Get("/internal/events?after=0")).Status);
        var ada = await store.Shopper();
        Assert.Equal(401, (await store.At(service).As(ada.Api.Token).Get("/internal/events?after=0")).Status);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    public async Task A_service_keeps_its_own_pages_to_itself(string path)
    {
        var reply = await store.Gateway.Get("/api/orders/.." + path);
        Assert.NotEqual("orders", reply.Status == 200 && reply.Body.StartsWith('{') ? reply.Json.GetProperty("service").GetString() : "");
    }

    [Fact]
    public async Task Staff_calls_are_401_for_nobody_and_403_for_a_shopper()
    {
        var ada = await store.Shopper();

        Assert.Equal(401, (await store.Gateway.Get("/api/stock")).Status);
        Assert.Equal(403, (await ada.Api.Get("/api/stock")).Status);
        Assert.Equal(200, (await (await store.Staff()).Get("/api/stock")).Status);
    }

    [Fact]
    public async Task Another_buyers_things_are_404()
    {
        var (ada, eve) = (await store.Shopper(), await store.Shopper());
        var order = Shopper.Id(await ada.Orders(await ada.Finds(5)));
        var payment = Shopper.Id(await ada.Pays(order));

        Assert.Equal(404, (await eve.Order(order)).Status);
        Assert.Equal(404, (await eve.Api.Get($"/api/payments/{payment}")).Status);
        Assert.Equal(404, (await eve.Pays(order)).Status);
        Assert.Equal(404, (await eve.Api.Post($"/api/orders/{order}/cancel")).Status);
    }
}
