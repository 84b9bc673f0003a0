using System.Diagnostics;
using System.Net;
using Stoa.Kit;
using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Journeys;

/// <summary>The table in ARCHITECTURE, "When a part is down": one service is down, the rest goes on, in the API and on the
/// pages; it comes back, and within a minute the audit finds nothing wrong.</summary>
public sealed class WhenDown(RunningStore store)
{
    /// <summary>The pages' word for what is away.</summary>
    private const string Resting = "is resting just now";

    /// <summary>The deadline is 5 s. A machine that has other things to do may need as long again, and twice; a hang is 30 s.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Users_is_down_and_whoever_is_signed_in_still_buys()
    {
        var ada = await store.Shopper();
        await Sees(ada, "/cart", 200, "cart");
        await Without("users", async () =>
        {
            await SaysLater(() => store.Gateway.Post("/api/sessions", new { ada.Email, password = "an engine weaves algebra" }));
            await SaysLater(() => store.Gateway.Post("/api/sessions/guest"));
            await SaysLater(() => store.Gateway.Post("/api/users", new { name = "Eve", email = "eve@example.com", password = "an engine weaves algebra" }));
            Assert.Equal(200, (await store.Gateway.Get("/api/products")).Status);
            await Sees(ada, "/cart", 200, "cart");
            await Buys(ada, 10);
        });
        await Eventually.Is(async () => (await store.Gateway.Post("/api/sessions", new { ada.Email, password = "an engine weaves algebra" })).Status == 201, "a login again");
    }

    [Fact]
    public async Task Products_is_down_and_what_was_seen_is_still_shown_and_sold()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(11);
        Assert.Equal(200, (await ada.Api.Get($"/api/products/{wanted.Slug}")).Status);
        await Sees(ada, $"/products/{wanted.Slug}", 200, "Add to cart");
        await Without("products", async () =>
        {
            Assert.Equal(200, (await ada.Api.Get($"/api/products/{wanted.Slug}")).Status);
            await Sees(ada, $"/products/{wanted.Slug}", 200, "Add to cart");
            await SaysLater(() => ada.Api.Get("/api/products?search=never+asked+before"));
            await Sees(ada, "/search?q=never+asked+before+either", 503, Resting);
            Assert.Equal(200, (await ada.Adds(wanted)).Status);
            await Buys(ada, wanted);
        });
        await Eventually.Is(async () => (await ada.Api.Get("/api/products?search=cup")).Status == 200, "the search again");
    }

    [Fact]
    public async Task Inventory_is_down_and_orders_are_taken_and_confirmed_later()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(12);
        Reply? order = null;
        await Without("inventory", async () =>
        {
            Assert.Equal(200, (await ada.Api.Get("/api/products")).Status);
            Assert.Equal(200, (await ada.Adds(wanted)).Status);
            order = await ada.Orders(wanted);
            Assert.Equal((202, "placed"), (order.Status, Shopper.Status(order)));
            await Sees(ada, $"/orders/{Shopper.Id(order)}", 200, "We are confirming your order");
        });
        await ada.UntilOrderIs(Shopper.Id(order!), "awaiting_payment");
        Assert.Equal(201, (await ada.Pays(Shopper.Id(order!))).Status);
    }

    [Fact]
    public async Task Carts_is_down_and_one_still_buys_straight_from_the_page()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(13);
        await Without("carts", async () =>
        {
            await SaysLater(() => ada.Api.Get("/api/cart"));
            await Sees(ada, "/cart", 503, Resting);
            await Sees(ada, $"/products/{wanted.Slug}", 200, "Add to cart");
            Assert.Equal(200, (await ada.Api.Get($"/api/products/{wanted.Slug}")).Status);
            await Buys(ada, wanted);
        });
        await Eventually.Is(async () => (await ada.Api.Get("/api/cart")).Status == 200, "the cart again");
    }

    [Fact]
    public async Task Orders_is_down_and_the_cart_is_kept()
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(14);
        var waiting = Shopper.Id(await ada.Orders(wanted));
        await ada.Adds(wanted);
        await Without("orders", async () =>
        {
            await SaysLater(() => ada.Orders(wanted));
            await SaysLater(() => ada.Pays(waiting));
            await Sees(ada, $"/orders/{waiting}", 503, Resting);
            await Sees(ada, "/cart", 200, "cart");
            Assert.Equal(200, (await ada.Api.Get("/api/products")).Status);
            Assert.Single((await ada.Api.Get("/api/cart")).Json.GetProperty("items").EnumerateArray());
        });
        await Eventually.Is(async () => (await ada.Order(waiting)).Status == 200, "the order again");
        await Eventually.Is(async () => (await ada.Pays(waiting)).Status is 201 or 409, "the payment");
        await ada.UntilOrderIs(waiting, "paid");
    }

    [Theory]
    [InlineData("payments", 15)]
    [InlineData("sandbox", 16)]
    public async Task No_payment_can_be_taken_and_the_order_waits(string down, int place)
    {
        var ada = await store.Shopper();
        var wanted = await ada.Finds(place);
        var order = "";
        await Without(down, async () =>
        {
            Assert.Equal(200, (await ada.Adds(wanted)).Status);
            var taken = await ada.Orders(wanted);
            Assert.Equal((201, "awaiting_payment"), (taken.Status, Shopper.Status(taken)));
            order = Shopper.Id(taken);
            await Sees(ada, $"/orders/{order}/pay", 200, down == "payments" ? "nothing is lost if you pay later" : "How would you like to pay?");
            await SaysLater(() => ada.Pays(order), 202);
            Assert.Equal("awaiting_payment", Shopper.Status(await ada.Order(order)));
        });
        await Eventually.Is(async () => (await ada.Pays(order)).Status is 201 || Shopper.Status(await ada.Order(order)) == "paid", "the payment");
        await ada.UntilOrderIs(order, "paid");
    }

    [Fact]
    public async Task Notifications_is_down_and_the_mail_comes_later()
    {
        var ada = await store.Shopper();
        await Without("notifications", () => Buys(ada, 17));
        await Eventually.Is(() => Task.FromResult(Directory.EnumerateFiles(store.Data.Of("notifications"), "*.eml", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains(ada.Email, StringComparison.Ordinal))), "the confirmation");
    }

    [Fact]
    public async Task Storefront_is_down_and_the_api_goes_on()
    {
        var ada = await store.Shopper();
        await Without("storefront", async () =>
        {
            await SaysLater(() => store.Gateway.Get("/"));
            await Buys(ada, 19);
        });
        await Eventually.Is(async () => (await store.Gateway.Get("/")).Status == 200, "the shop again");
    }

    [Fact]
    public async Task One_gateway_of_two_is_down_and_everything_goes_through_the_other()
    {
        var first = store[Topology.Gateway].Plan;
        var url = new Uri($"http://127.0.0.1:{Ports.Free(1)[0]}");
        await using var second = new Supervised(first with
        {
            Name = "gateway-2",
            Url = url,
            LogFile = first.LogFile + ".2",
            Environment = new Dictionary<string, string?>(first.Environment) { ["ASPNETCORE_URLS"] = url.ToString() },
        });
        second.Start();
        Assert.Equal(ProcessState.Ready, await second.Settled(CancellationToken.None));

        await Without(Topology.Gateway, async () => await Buys(await Shopper.SignUp(new Api(new HttpClient { BaseAddress = url })), 20));
    }

    [Theory]
    [InlineData("users")]
    [InlineData("products")]
    [InlineData("inventory")]
    [InlineData("carts")]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("notifications")]
    [InlineData("storefront")]
    [InlineData("sandbox")]
    [InlineData("gateway")]
    public async Task Killed_it_comes_back_and_a_purchase_goes_through(string name)
    {
        var process = store[name];
        var (pid, restarts) = (process.Pid, process.Restarts);

        process.Kill();
        await Eventually.Is(() => Task.FromResult(process.State == ProcessState.Ready && process.Restarts == restarts + 1), $"{name} back");
        Assert.NotEqual(pid, process.Pid);

        await Eventually.Is(async () => (await store.Gateway.Get("/health")).Body is var health && !health.Contains("down", StringComparison.Ordinal), "health");
        var ada = await Eventually.Get(TrySignUp, shopper => shopper is not null, "a new shopper");
        await Buys(ada!, 18);
    }

    private async Task<Shopper?> TrySignUp()
    {
        var probe = await store.Gateway.Post("/api/sessions/guest");
        return probe.Status == 201 ? await store.Shopper() : null;
    }

    private static async Task Buys(Shopper shopper, int place) => await Buys(shopper, await shopper.Finds(place));

    private static async Task Buys(Shopper shopper, Variant wanted)
    {
        var order = await shopper.Orders(wanted);
        Assert.InRange(order.Status, 201, 202);
        await shopper.UntilOrderIs(Shopper.Id(order), "awaiting_payment");
        var paid = await shopper.Pays(Shopper.Id(order));
        Assert.InRange(paid.Status, 201, 202);
        await shopper.UntilOrderIs(Shopper.Id(order), "paid");
    }

    /// <summary>A dependency is down: said at once, with the time to try again; never a hang.</summary>
    private static async Task SaysLater(Func<Task<Reply>> call, int orElse = 503)
    {
        var took = Stopwatch.StartNew();
        var reply = await call();
        Assert.True(took.Elapsed < Deadline, $"it took {took.Elapsed}");
        if (reply.Status == orElse && orElse != 503) return;
        Assert.Equal((503, "temporarily_unavailable"), (reply.Status, reply.Code));
        Assert.NotNull(reply.Header("Retry-After"));
    }

    /// <summary>A page, as the shopper's browser gets it.</summary>
    private async Task Sees(Shopper shopper, string page, int status, string words)
    {
        var took = Stopwatch.StartNew();
        var reply = await store.Gateway.Get(page, ("Cookie", $"stoa.access={shopper.Api.Token}"));
        Assert.True(took.Elapsed < Deadline, $"it took {took.Elapsed}");
        Assert.Equal(status, reply.Status);
        Assert.Contains(words, WebUtility.HtmlDecode(reply.Body), StringComparison.OrdinalIgnoreCase);
        if (status == 503) Assert.NotNull(reply.Header("Retry-After"));
    }

    private async Task Without(string name, Func<Task> journey)
    {
        await store[name].Stop();
        try
        {
            await journey();
        }
        finally
        {
            store[name].Start();
            Assert.Equal(ProcessState.Ready, await store[name].Settled(CancellationToken.None));
        }
        Assert.Empty(await store.Wrongs());
    }
}
