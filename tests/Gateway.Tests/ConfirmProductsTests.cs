using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Gateway.Tests;

/// <summary>What is read much is confirmed for many at once, by a clock that the test moves.</summary>
public sealed class ConfirmProductsTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private int _price = 100;
    private int _reads;
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.Start([("products", Products), ("gateway", Program.Build)], _clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_product_that_is_read_and_still_the_same_is_not_asked_for_again()
    {
        await Read();
        await ReadLater();
        await _store.Get<LoopRegistry>("gateway").Step("confirm-products", TestContext.Current.CancellationToken);

        Assert.Equal(100, await ReadLater());

        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task A_product_that_has_changed_is_asked_for_again()
    {
        await Read();
        await ReadLater();
        _price = 200;
        await _store.Get<LoopRegistry>("gateway").Step("confirm-products", TestContext.Current.CancellationToken);

        Assert.Equal(200, await ReadLater());

        Assert.Equal(2, _reads);
    }

    private Task<int> ReadLater()
    {
        _clock.Advance(TimeSpan.FromSeconds(0.7)); // twice that is too old
        return Read();
    }

    private async Task<int> Read() => (await _store.Api("gateway").Get("/api/products/vase")).Json.GetProperty("price").GetInt32();

    private WebApplication Products(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("products", args, seams).Build();
        app.MapGet("/api/products/{slug}", (string slug, HttpContext context) =>
        {
            Interlocked.Increment(ref _reads);
            context.Response.SetETag(ETags.Of(_price));
            return new { slug, price = _price };
        });
        app.MapPost("/internal/products/confirmations", (HeldProduct[] held) => held.Where(one => one.Tag == ETags.Of(_price)).Select(one => one.Slug)).ForServices();
        return app;
    }
}
