using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

public sealed class MessageTests(PostOffice office) : IClassFixture<PostOffice>
{
    private Guid Ordered(Func<OrderMessage, OrderMessage> with)
    {
        var id = office.NewId();
        office.Orders[id] = with(PostOffice.Order(id));
        return id;
    }

    [Fact]
    public async Task Confirms_a_paid_order_in_text_and_html()
    {
        var order = Ordered(one => one);
        await office.Pay(order);
        var mail = await office.MailOf(order);
        Assert.Contains("guest@example.com", mail.To, StringComparison.Ordinal);
        Assert.Equal("Thank you: your order S-1234 is paid", mail.Subject);
        Assert.Equal($"<{order}.order_paid@shop.example>", mail.MessageId);
        Assert.Equal(("en", "auto-generated"), (mail.Headers["Content-Language"], mail.Headers["Auto-Submitted"]));
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            Assert.Contains("S-1234", body, StringComparison.Ordinal);
            Assert.Contains("1,250.00 USD", body, StringComparison.Ordinal);
            Assert.Contains("1 Stone Lane", body, StringComparison.Ordinal);
            Assert.Contains("https://shop.example/orders/by-link?token=the-token", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Writes_once_however_often_it_is_told()
    {
        var (order, later) = (Ordered(one => one), Ordered(one => one));
        await office.Pay(order);
        await office.Pay(order);
        await office.Pay(later); // once it is known, so is whatever was told of the first
        Assert.Equal("sent", await office.EndOf(later));
        Assert.Equal("sent", await office.EndOf(order));
        Assert.Single(office.Server.Taken, mail => mail.MessageId.Contains(order.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_an_order_that_waits_for_its_payment_until_when()
    {
        var order = Ordered(one => one with { Status = "awaiting_payment", PayBy = DateTimeOffset.UnixEpoch.AddHours(30) });
        await office.Store.Tell("orders", new OrderAwaitingPayment(order, PostOffice.Anna, PostOffice.Price, DateTimeOffset.UnixEpoch));
        var mail = await office.MailOf(order);
        Assert.Equal("We have your order S-1234", mail.Subject);
        Assert.Contains("until 2 January 1970, 06:00 UTC", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_for_no_payment_once_the_order_does_not_wait_for_one()
    {
        var order = Ordered(one => one with { Status = "paid", PayBy = null });
        await office.Store.Tell("orders", new OrderAwaitingPayment(order, PostOffice.Anna, PostOffice.Price, DateTimeOffset.UnixEpoch));
        Assert.Equal("undeliverable", await office.EndOf(order));
        Assert.False(office.HasMailOf(order));
    }

    [Fact]
    public async Task Tells_who_carries_a_shipped_order_and_its_number()
    {
        var order = Ordered(one => one with { Status = "shipped", Carrier = "Hermes", TrackingNumber = "H-77" });
        await office.Store.Tell("orders", new OrderShipped(order));
        var mail = await office.MailOf(order);
        Assert.Equal("Your order S-1234 is on its way", mail.Subject);
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            Assert.Contains("Hermes", body, StringComparison.Ordinal);
            Assert.Contains("H-77", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Writes_about_each_refund_with_its_own_amount()
    {
        var (order, first, second) = (Ordered(one => one with { Status = "refunded" }), office.NewId(), office.NewId());
        var payment = office.NewId();
        await office.Store.Tell("payments", new PaymentRefunded(order, payment, first, new Money(150, "USD"), new Money(150, "USD"), Whole: false));
        await office.Store.Tell("payments", new PaymentRefunded(order, payment, second, new Money(850, "USD"), new Money(1000, "USD"), Whole: true));
        ReceivedMail[] mails = [await office.MailOf(first), await office.MailOf(second)];
        Assert.Equal([$"<{first}.refunded@shop.example>", $"<{second}.refunded@shop.example>"], mails.Select(mail => mail.MessageId));
        Assert.Contains("a part of what you paid for your order S-1234: 1.50 USD", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("8.50 USD", mails[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_of_a_refund_at_once_that_it_is_the_whole_amount()
    {
        var (order, refund) = (Ordered(one => one), office.NewId());
        await office.Store.Tell("payments", new PaymentRefunded(order, office.NewId(), refund, new Money(1000, "USD"), new Money(1000, "USD"), Whole: true));
        Assert.Contains("the whole amount of your order S-1234: 10.00 USD", (await office.MailOf(refund)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Choose a new password", "https://shop.example/reset-password?token=token-")]
    [InlineData(false, "Please confirm your address", "https://shop.example/confirm-email?token=token-")]
    public async Task Mails_a_link_with_a_token_that_is_made_when_the_mail_is_written(bool reset, string subject, string url)
    {
        var link = office.NewId();
        office.Links[link] = new MailedLink("ann@example.com", "Ann", "en", "");
        await (reset ? office.Store.Tell("users", new PasswordResetAsked(link)) : office.Store.Tell("users", new EmailConfirmationAsked(link)));
        var mail = await office.MailOf(link);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains("ann@example.com", mail.To, StringComparison.Ordinal);
        Assert.Contains(url, mail.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{url}", mail.Html, StringComparison.Ordinal);
        Assert.Equal("sent", await office.EndOf(link));
        Assert.Null(await office.Store.Get<Database>("notifications").Find<string>("SELECT facts FROM messages WHERE subject_id = @link", new { link })); // nothing of it stays here
    }

    [Fact]
    public async Task Mails_nothing_for_a_link_that_is_nobodys()
    {
        var link = office.NewId();
        await office.Store.Tell("users", new PasswordResetAsked(link));
        Assert.Equal("undeliverable", await office.EndOf(link));
        Assert.False(office.HasMailOf(link));
    }

    [Fact]
    public async Task Writes_in_the_language_that_the_shopper_ordered_in_and_English_where_it_has_none()
    {
        var (german, finnish) = (Ordered(one => one with { Language = "de" }), Ordered(one => one with { Language = "fi" }));
        await office.Pay(german);
        var mail = await office.MailOf(german);
        Assert.Equal("Vielen Dank: Ihre Bestellung S-1234 ist bezahlt", mail.Subject);
        Assert.Equal("de", mail.Headers["Content-Language"]);
        Assert.Contains("1.250,00 USD", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\">", mail.Html, StringComparison.Ordinal);
        await office.Pay(finnish);
        Assert.StartsWith("Thank you", (await office.MailOf(finnish)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_users_for_the_address_of_a_shopper_who_gave_none_and_links_to_the_page_behind_the_login()
    {
        var order = Ordered(one => one with { Email = null, LinkToken = null });
        await office.Pay(order);
        var mail = await office.MailOf(order);
        Assert.Contains("anna@example.com", mail.To, StringComparison.Ordinal);
        Assert.Contains($"https://shop.example/orders/{order}", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_to_nobody_who_was_erased()
    {
        var (erased, unknown) = (Ordered(one => one with { Email = null, BuyerId = office.NewId() }), office.NewId());
        office.Orders[unknown] = null;
        await office.Pay(erased);
        await office.Pay(unknown);
        Assert.Equal("undeliverable", await office.EndOf(erased));
        Assert.Equal("undeliverable", await office.EndOf(unknown));
        Assert.False(office.HasMailOf(erased) || office.HasMailOf(unknown));
    }

    [Fact]
    public async Task Waits_for_a_neighbour_that_is_down_and_sends_then()
    {
        var order = Ordered(one => one with { Email = null });
        await office.Store.Stop("users");
        await office.Pay(order);
        await Eventually.Get(() => office.Store.Get<Database>("notifications").Find<int>("SELECT attempts FROM messages WHERE subject_id = @order", new { order }), attempts => attempts > 0, "a try");
        Assert.False(office.HasMailOf(order));
        await office.Store.Run("users");
        await office.MailOf(order);
    }

    [Fact]
    public async Task An_address_that_cannot_be_written_to_holds_up_nobody()
    {
        var (odd, good) = (Ordered(one => one with { Email = "a..b@example.com" }), Ordered(one => one));
        await office.Pay(odd);
        await office.Pay(good);
        Assert.Equal("sent", await office.EndOf(good));
        Assert.Equal("waiting", await office.Store.Get<Database>("notifications").Find<string>("SELECT status FROM messages WHERE subject_id = @odd", new { odd }));
    }
}
