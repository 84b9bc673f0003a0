using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>Notifications between two small neighbours: one that tells of paid orders, one that knows addresses.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    private static readonly Guid Order = Guid.Parse("01900000-0000-7000-8000-00000000000a");
    private static readonly Guid Anna = Guid.Parse("01900000-0000-7000-8000-00000000000b");
    private static readonly Money Price = new(1250, "USD");

    private string? _email = "guest@example.com";
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() =>
        _store = await TestStore.Start([("orders", Orders), ("users", Users), ("notifications", Program.Build)]);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private WebApplication Orders(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("orders", args, seams);
        service.AddDatabase(typeof(MessageTests).Assembly);
        var app = service.Build();
        app.MapGet("/internal/orders/{id}/message", (Guid id) => Results.Ok(new OrderMessage(id, "S-1234", Anna, _email, "Anna <b>Bold</b>", "paid",
            [new OrderMessageLine("VASE", "Vase & \"stand\"", 2, Price.Times(2))], Price.Times(2), Price, Price, Price.Times(4), ["1 Stone Lane", "10115 Berlin"]))).ForServices();
        return app;
    }

    private static WebApplication Users(string[] args, Seams? seams)
    {
        var app = ServiceHost.Create("users", args, seams).Build();
        app.MapGet("/internal/users/{id}", (Guid id) => id == Anna ? Results.Ok(new Person(id, "Anna", "anna@example.com")) : Results.NotFound()).ForServices();
        return app;
    }

    private Task Pay(Guid order) => _store.Get<Database>("orders").Write(tx =>
    {
        tx.Append(new OrderPaid(order, Anna, null, [new SkuQuantity("VASE", 2)], Price.Times(4)));
        return Task.CompletedTask;
    });

    private string MailFile(Guid order) => Path.Combine(_store.Folder, "notifications", "mail", $"{order}.order_paid.eml");

    private async Task<string> MailOf(Guid order)
    {
        await Eventually.Is(() => Task.FromResult(File.Exists(MailFile(order))), "the mail");
        return await File.ReadAllTextAsync(MailFile(order));
    }

    [Fact]
    public async Task Confirms_a_paid_order_once_in_text_and_html()
    {
        await Pay(Order);
        var mail = await MailOf(Order);
        Assert.Contains("To: ", mail, StringComparison.Ordinal);
        Assert.Contains("guest@example.com", mail, StringComparison.Ordinal);
        Assert.Contains("S-1234", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
        Assert.Contains("text/html", mail, StringComparison.Ordinal);
        await Pay(Order); // told twice
        await Pay(Anna);  // and a later one, to know when the second was handled
        await MailOf(Anna);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(MailFile(Order))!, "*.eml").Length);
    }

    [Fact]
    public void Encodes_what_people_typed()
    {
        var mail = OrderPaidMail.Write(new OrderMessage(Order, "S-1", Anna, null, "<script>alert(1)</script>", "paid",
            [new OrderMessageLine("X", "<img src=x>", 1, Price)], Price, Price, Price, Price, ["<i>street</i>"]), "http://localhost");
        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>street", mail.Html, StringComparison.Ordinal);
        Assert.Contains("12.50 USD", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_users_for_the_address_of_a_shopper_who_gave_none_with_the_order()
    {
        _email = null;
        await Pay(Order);
        Assert.Contains("anna@example.com", await MailOf(Order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_a_neighbour_that_is_down_and_sends_then()
    {
        _email = null;
        await _store.Stop("users");
        await Pay(Order);
        await Eventually.Get(() => _store.Get<Database>("notifications").Find<int>("SELECT attempts FROM messages"), attempts => attempts > 0, "a try");
        Assert.False(File.Exists(MailFile(Order)));
        await _store.Run("users");
        await MailOf(Order);
    }

    [Fact]
    public async Task Sends_by_smtp_where_a_server_is_configured()
    {
        using var server = new SmallSmtpServer();
        await using var store = await TestStore.Start([("orders", Orders), ("users", Users), ("notifications", Program.Build)],
            settings: new() { ["Stoa:Smtp:Host"] = "127.0.0.1", ["Stoa:Smtp:Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await store.Get<Database>("orders").Write(tx =>
        {
            tx.Append(new OrderPaid(Order, Anna, null, [], Price));
            return Task.CompletedTask;
        });
        var received = await server.Message.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("S-1234", received, StringComparison.Ordinal);
        Assert.Contains($"<{Order}.order_paid@", received, StringComparison.Ordinal);
    }
}
