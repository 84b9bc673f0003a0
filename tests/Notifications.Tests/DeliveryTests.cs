using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>How mails leave the house.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_server_that_says_not_now_is_tried_again_until_it_takes_the_mail_once()
    {
        await using var office = await PostOffice.Open(refusals: 2);
        var order = office.NewId();
        await office.Pay(order);
        Assert.Equal("sent", await office.EndOf(order));
        Assert.Equal(2, office.Server.Refused);
        Assert.Contains(order.ToString(), Assert.Single(office.Server.Taken).MessageId, StringComparison.Ordinal);
        Assert.Equal(3, await office.Store.Get<Database>("notifications").Scalar<int>("SELECT attempts FROM messages"));
    }

    [Fact]
    public async Task Four_mails_that_are_due_go_out_at_once_and_orders_is_asked_once_about_them()
    {
        await using var office = await PostOffice.Open(atOnce: 4);
        Guid[] orders = [office.NewId(), office.NewId(), office.NewId(), office.NewId()];
        await office.Pay(orders);
        foreach (var order in orders) Assert.Equal("sent", await office.EndOf(order));
        Assert.Equal(4, await office.Store.Get<Database>("notifications").Scalar<int>("SELECT SUM(attempts) FROM messages"));
        Assert.Equal(orders.Order(), Assert.Single(office.Asked).Order());
    }

    [Fact]
    public async Task Each_try_of_a_link_mails_a_token_of_its_own_under_the_same_message_id()
    {
        await using var office = await PostOffice.Open(refusals: 1);
        var link = office.NewId();
        office.Links[link] = new MailedLink("ann@example.com", "Ann", "en", "");
        await office.Store.Tell("users", new PasswordResetAsked(link));
        Assert.Equal("sent", await office.EndOf(link));
        Assert.Contains("token=token-2", Assert.Single(office.Server.Taken).Text, StringComparison.Ordinal);
        Assert.Equal([link, link], office.TokensMade);
    }

    [Fact]
    public async Task Without_a_server_a_mail_is_a_file()
    {
        await using var store = await TestStore.Start([("payments", Neighbour.Log("payments")), ("users", Neighbour.Log("users")), ("orders", Neighbour.Log("orders")), ("notifications", Program.Build)]);
        var letter = new OrderLetters(PostOffice.Order(PostOffice.Anna), "https://shop.example").Paid();
        for (var i = 0; i < 2; i++) await store.Get<MailSender>("notifications").Send(new Envelope("one.order_paid", "anna@example.com", "Anna"), letter.ToMail(), default);
        var file = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(store.Folder, "notifications", "mail")));
        Assert.Equal("one.order_paid.eml", Path.GetFileName(file));
        Assert.Equal(letter.Subject, ReceivedMail.Read(await File.ReadAllTextAsync(file)).Subject);
    }

    [Fact]
    public async Task Letters_are_written_at_one_desk_and_what_a_killed_process_left_is_cleared_after_a_day()
    {
        await using var store = await TestStore.Start([("payments", Neighbour.Log("payments")), ("users", Neighbour.Log("users")), ("orders", Neighbour.Log("orders")), ("notifications", Program.Build)]);
        var desks = Path.Combine(store.Folder, "notifications", "mail-desks");
        var (left, another) = (Directory.CreateDirectory(Path.Combine(desks, "left")), Directory.CreateDirectory(Path.Combine(desks, "another")));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "half.eml"), "half a letter");
        left.LastWriteTimeUtc = (store.Clock.GetUtcNow() - TimeSpan.FromDays(2)).UtcDateTime;
        another.LastWriteTimeUtc = (store.Clock.GetUtcNow() - TimeSpan.FromHours(1)).UtcDateTime;
        var letter = new OrderLetters(PostOffice.Order(PostOffice.Anna), "https://shop.example").Paid();

        for (var i = 0; i < 3; i++) await store.Get<MailSender>("notifications").Send(new Envelope($"{i}.order_paid", "anna@example.com", "Anna"), letter.ToMail(), default);

        Assert.Equal(3, Directory.GetFiles(Path.Combine(store.Folder, "notifications", "mail"), "*.eml").Length);
        Assert.False(Directory.Exists(left.FullName));
        Assert.True(Directory.Exists(another.FullName));
        Assert.Equal(2, Directory.GetDirectories(desks).Length);
    }
}
