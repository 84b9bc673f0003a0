using Stoa.Kit;

namespace Stoa.Backoffice.Tests;

/// <summary>The back office over a <see cref="FakeApi"/>, with tokens that it believes.</summary>
public sealed class Building : IAsyncDisposable
{
    private readonly TestStore _store;

    private Building(TestStore store, FakeApi api)
    {
        (_store, Api) = (store, api);
        api.Token = role => role switch
        {
            "admin" => store.Tokens.Admin(FakeApi.StaffId),
            "staff" => store.Tokens.Staff(FakeApi.StaffId),
            "customer" => store.Tokens.Customer(FakeApi.BuyerId),
            _ => store.Tokens.Guest(FakeApi.BuyerId),
        };
    }

    public FakeApi Api { get; }

    /// <summary>Somebody before the door.</summary>
    public Visitor Visitor() => new(_store.Url("backoffice"));

    /// <summary>Somebody who has logged in as staff or admin.</summary>
    public async Task<Visitor> Inside(string role = "staff")
    {
        Api.Role = role;
        var visitor = Visitor();
        Assert.Equal(303, (await LogIn(visitor)).Status);
        return visitor;
    }

    public static async Task<Page> LogIn(Visitor visitor, string returnUrl = "/admin/orders") => await visitor.Submit(
        await visitor.Get("/admin/login?returnUrl=" + Uri.EscapeDataString(returnUrl)), "/admin/login", ("email", "kleio@example.org"), ("password", "columns and roofs"));

    public static async Task<Building> Open()
    {
        var api = new FakeApi();
        return new(await TestStore.Start([("gateway", api.Build), ("backoffice", Program.Build)]), api);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}

/// <summary>One back office for a class whose tests only look.</summary>
public sealed class OpenBuilding : IAsyncLifetime
{
    private Building? _building;

    public Building Building => _building!;

    public async ValueTask InitializeAsync() => _building = await Building.Open();

    public ValueTask DisposeAsync() => Building.DisposeAsync();
}
