using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Stoa.Kit;

namespace Stoa.Storefront.Tests;

/// <summary>The Storefront over a <see cref="FakeApi"/>, and a visitor who keeps cookies and follows no redirect by itself.</summary>
public sealed class Shop : IAsyncDisposable
{
    private readonly TestStore _store;

    private Shop(TestStore store, FakeApi api) => (_store, Api, Visitor) = (store, api, new Visitor(store.Url("storefront")));

    public FakeApi Api { get; }

    public Visitor Visitor { get; }

    /// <summary>Where forms are sent, as the routes write it.</summary>
    public IEnumerable<string> FormAddresses => _store.Get<EndpointDataSource>("storefront").Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") is true).Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
        .Where(address => !address.StartsWith("/internal/", StringComparison.Ordinal));

    public Visitor AnotherVisitor() => new(_store.Url("storefront"));

    public Task StopApi() => _store.Stop("gateway");

    public static async Task<Shop> Open(Dictionary<string, string?>? settings = null)
    {
        var api = new FakeApi();
        var all = new Dictionary<string, string?> { ["Stoa:Sandbox"] = "true" };
        foreach (var (name, value) in settings ?? []) all[name] = value;
        return new(await TestStore.Start([("gateway", api.Build), ("storefront", Program.Build)], settings: all), api);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}

/// <summary>One shop for a class whose tests only look.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    private Shop? _shop;

    public Shop Shop => _shop!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
