using System.Security.Cryptography;

namespace Stoa.Launcher.Tests;

/// <summary>What a service is told through its environment.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task A_service_is_told_its_place_its_data_and_the_shops_address()
    {
        await using var probes = new ProbeStore();
        var store = probes.Open();
        var orders = store["orders"].Plan;

        Assert.Equal(orders.Url.ToString().TrimEnd('/'), orders.Environment["ASPNETCORE_URLS"]);
        Assert.Equal("127.0.0.1", orders.Url.Host);
        Assert.Equal(probes.Data.Of("orders"), orders.Environment["Stoa__DataFolder"]);
        Assert.Equal($"Data Source={Path.Combine(probes.Data.Of("orders"), "orders.db")}", orders.Environment["Stoa__Database"]);
        Assert.Equal("USD", orders.Environment["Stoa__Currency"]);
        Assert.Equal(store.PublicUrl.ToString().TrimEnd('/'), orders.Environment["Stoa__PublicUrl"]);
        Assert.Equal("true", orders.Environment["Stoa__StopWithParent"]);
        Assert.False(store["storefront"].Plan.Environment.ContainsKey("Stoa__Database"));
        Assert.Equal("true", store["storefront"].Plan.Environment["Stoa__Sandbox"]);
        Assert.Equal(probes.Data.RunFile, store["gateway"].Plan.Environment["Stoa__RunFile"]);
    }

    [Fact]
    public async Task Every_service_knows_where_every_other_is_and_its_public_key()
    {
        await using var probes = new ProbeStore();
        var store = probes.Open();

        foreach (var (told, other) in store.Processes.SelectMany(told => store.Processes.Select(other => (told.Plan.Environment, other.Plan))))
        {
            Assert.Equal(other.Url.ToString().TrimEnd('/'), told[$"Stoa__Services__{other.Name}__Url"]);
            using var own = ECDsa.Create();
            own.ImportFromPem(await File.ReadAllTextAsync(other.Environment["Stoa__ServiceKeyFile"]!, ProbeStore.Stop));
            Assert.Equal(Convert.ToBase64String(own.ExportSubjectPublicKeyInfo()), told[$"Stoa__Services__{other.Name}__PublicKey"]);
        }
        Assert.Equal(store.Processes.Count, store.Processes.Select(process => process.Plan.Environment["Stoa__ServiceKeyFile"]).Distinct().Count());
    }

    [Fact]
    public async Task What_stands_in_front_of_a_process_is_where_the_others_find_it()
    {
        await using var probes = new ProbeStore();
        var fronts = new Dictionary<string, Uri>();
        var store = probes.Open(front: (name, listens) => fronts[name] = new UriBuilder(listens) { Port = listens.Port + 1 }.Uri);

        Assert.Equal(store.Processes.Select(process => process.Plan.Name), fronts.Keys);
        Assert.Equal(fronts["orders"].ToString().TrimEnd('/'), store["payments"].Plan.Environment["Stoa__Services__orders__Url"]);
        Assert.Equal(fronts["sandbox"].ToString().TrimEnd('/'), store["payments"].Plan.Environment["STRIPE_API_BASE"]);
        Assert.Equal(fronts["gateway"], store.UrlOf("gateway"));
        Assert.NotEqual(fronts["orders"], store["orders"].Plan.Url);
        Assert.Equal(store["orders"].Plan.Url.ToString().TrimEnd('/'), store["orders"].Plan.Environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Payments_and_the_sandbox_share_the_providers_secrets_and_nobody_else_gets_them()
    {
        await using var probes = new ProbeStore();
        var store = probes.Open();
        var (payments, sandbox) = (store["payments"].Plan.Environment, store["sandbox"].Plan);

        Assert.StartsWith("sk_test_", payments["STRIPE_SECRET_KEY"], StringComparison.Ordinal);
        Assert.StartsWith("whsec_", payments["STRIPE_WEBHOOK_SECRET"], StringComparison.Ordinal);
        Assert.Equal(sandbox.Url.ToString().TrimEnd('/'), payments["STRIPE_API_BASE"]);
        Assert.Equal(payments["STRIPE_SECRET_KEY"], sandbox.Environment["STRIPE_SECRET_KEY"]);
        Assert.Equal(payments["STRIPE_WEBHOOK_SECRET"], sandbox.Environment["STRIPE_WEBHOOK_SECRET"]);
        Assert.All(
            store.Processes.Where(process => process.Plan.Name is not ("payments" or "sandbox")),
            process => Assert.Null(process.Plan.Environment["STRIPE_SECRET_KEY"]));
        Assert.All(
            store.Processes.Where(process => process.Plan.Name != "users"),
            process => Assert.Null(process.Plan.Environment["STOA_STAFF_PASSWORD"]));
    }

    [Fact]
    public async Task The_sandbox_takes_the_key_of_the_environment()
    {
        await using var probes = new ProbeStore { Environment = { ["STRIPE_SECRET_KEY"] = "sk_test_mine" } };
        var store = probes.Open();

        Assert.Equal("sk_test_mine", store["sandbox"].Plan.Environment["STRIPE_SECRET_KEY"]);
        Assert.Equal("sk_test_mine", store["payments"].Plan.Environment["STRIPE_SECRET_KEY"]);
    }

    [Fact]
    public async Task The_sandbox_sends_the_webhooks_that_a_shop_asks_Stripe_for()
    {
        await using var probes = new ProbeStore();
        var events = probes.Open()["sandbox"].Plan.Environment["Stoa__Sandbox__WebhookEvents"]!.Split(',');
        var asked = File.ReadLines(Path.Combine(Repository.Find().Root, "docs", "stripe.md")).Single(line => line.Contains("with the events", StringComparison.Ordinal)).Split("with the events")[1];

        Assert.Equal(asked.Split('`').Where((_, part) => part % 2 == 1), events);
    }

    [Theory]
    [InlineData("STRIPE_SECRET_KEY", "sk_live_mine")]
    [InlineData("STRIPE_SECRET_KEY", "rk_live_restricted")]
    [InlineData("STRIPE_API_BASE", "https://bank.example")]
    public async Task No_sandbox_runs_when_money_is_real_or_the_bank_is_elsewhere(string name, string value)
    {
        await using var probes = new ProbeStore { Environment = { [name] = value } };
        var store = probes.Open();

        Assert.DoesNotContain(store.Processes, process => process.Plan.Name == "sandbox");
        Assert.False(store["storefront"].Plan.Environment.ContainsKey("Stoa__Services__sandbox__Url"));
        Assert.Equal("false", store["storefront"].Plan.Environment["Stoa__Sandbox"]);
        Assert.Equal(value, store["payments"].Plan.Environment[name]);
        Assert.Null(store["payments"].Plan.Environment["STRIPE_WEBHOOK_SECRET"]);
    }

    [Fact]
    public async Task The_processes_really_get_it()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();

        Assert.Equal(probes.Data.Of("orders"), await StoreTests.Told(store, "orders", "Stoa__DataFolder"));
        Assert.Equal("(none)", await StoreTests.Told(store, "orders", "STRIPE_SECRET_KEY"));
    }

    [Fact]
    public async Task Keys_and_places_stay_over_a_restart_of_the_store()
    {
        await using var probes = new ProbeStore();
        string[] stable = ["Stoa__ServiceKeyFile", "Stoa__Database", "Stoa__Services__users__PublicKey", "STRIPE_WEBHOOK_SECRET"];
        var first = probes.Open();
        var before = stable.Select(name => first["payments"].Plan.Environment[name]).ToList();
        await first.DisposeAsync();

        var second = probes.Open();
        Assert.Equal(before, stable.Select(name => second["payments"].Plan.Environment[name]));
    }
}
