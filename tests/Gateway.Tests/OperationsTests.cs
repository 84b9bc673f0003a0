using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Gateway.Tests;

public sealed class OperationsTests
{
    private static readonly Guid Somebody = Guid.Parse("01900000-0000-7000-8000-000000000009");

    [Fact]
    public async Task Tells_staff_how_every_process_is_and_names_those_that_are_not_there()
    {
        var run = Path.GetTempFileName();
        await File.WriteAllTextAsync(run, """{"pid": 1, "processes": [{"name": "orders", "state": "ready", "restarts": 3}, {"name": "carts", "state": "restarting", "restarts": 7}, {"name": "stranger", "state": "ready", "restarts": 0}]}""", TestContext.Current.CancellationToken);
        await using var store = await TestStore.Start([("orders", Bare("orders")), ("gateway", Program.Build)], settings: new() { ["Stoa:RunFile"] = run });

        var seen = (await store.Api("gateway").As(store.Tokens.Staff(Somebody)).Get("/api/operations")).Json.GetProperty("processes").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);

        Assert.Equal(("ready", 3), (State(seen["orders"]), seen["orders"].GetProperty("restarts").GetInt32()));
        Assert.Equal((ServiceHost.Version, 60), (seen["orders"].GetProperty("facts").GetProperty("version").GetString(), seen["orders"].GetProperty("facts").GetProperty("hour").GetArrayLength()));
        Assert.Equal(("ready", "gateway"), (State(seen["gateway"]), seen["gateway"].GetProperty("facts").GetProperty("service").GetString()));
        Assert.Equal(("restarting", 7), (State(seen["carts"]), seen["carts"].GetProperty("restarts").GetInt32()));
        Assert.Equal("down", State(seen["users"]));
        Assert.False(seen["users"].TryGetProperty("facts", out var none) && none.ValueKind != JsonValueKind.Null);
        Assert.Equal("not_answering", State(seen["stranger"]));
        File.Delete(run);
    }

    [Fact]
    public async Task Tells_nobody_else()
    {
        await using var store = await TestStore.Start([("gateway", Program.Build)], settings: new() { ["Stoa:RunFile"] = "/nowhere/run.json" });
        Assert.Equal(200, (await store.Api("gateway").As(store.Tokens.Staff(Somebody)).Get("/api/operations")).Status);
        Assert.Equal(403, (await store.Api("gateway").As(store.Tokens.Customer(Somebody)).Get("/api/operations")).Status);
        Assert.Equal(401, (await store.Api("gateway").Get("/api/operations")).Status);
    }

    private static Build Bare(string name) => (args, seams) => ServiceHost.Create(name, args, seams).Build();

    private static string? State(JsonElement process) => process.GetProperty("state").GetString();
}
