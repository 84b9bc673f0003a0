using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>What staff see of messages, and have sent again.</summary>
public sealed class StaffMessageTests(PostOffice office) : IClassFixture<PostOffice>
{
    private static readonly Guid Sam = Guid.Parse("01900000-0000-7000-8000-0000000000aa");

    private Api Staff => office.Store.Api("notifications").As(office.Store.Tokens.Staff(Sam));

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private Task Become(Guid subject, string status) =>
        office.Store.Get<Database>("notifications").Write(tx => tx.Execute("UPDATE messages SET status = @status WHERE subject_id = @subject", new { status, subject }));

    private async Task<Guid> Sent()
    {
        var order = office.NewId();
        await office.Pay(order);
        Assert.Equal("sent", await office.EndOf(order));
        return order;
    }

    private async Task<JsonElement> Show(Guid subject, string kind = "order_paid")
    {
        var reply = await Staff.Get($"/api/messages/{subject}/{kind}");
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }

    private async Task<JsonElement> InList(Guid subject)
    {
        var cursor = "";
        while (true)
        {
            var page = (await Staff.Get("/api/messages?limit=100" + cursor)).Json;
            foreach (var one in page.GetProperty("items").EnumerateArray())
            {
                if (one.GetProperty("subjectId").GetGuid() == subject) return one;
            }

            cursor = "&cursor=" + (page.GetProperty("nextCursor").GetString() ?? throw new InvalidOperationException("it is in no page"));
        }
    }

    [Fact]
    public async Task Each_is_listed_with_how_it_went_and_without_whom_it_went_to()
    {
        var order = await Sent();
        var listed = await InList(order);
        Assert.Equal(("order_paid", "sent", 1), (listed.GetProperty("kind").GetString(), listed.GetProperty("status").GetString(), listed.GetProperty("attempts").GetInt32()));
        Assert.Equal(order, listed.GetProperty("orderId").GetGuid());
        Assert.DoesNotContain("@", listed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_goes_newest_first_page_by_page_and_by_state()
    {
        var (first, second) = (await Sent(), await Sent());
        await Become(first, "failed");
        await Become(second, "failed");
        var page = (await Staff.Get("/api/messages?status=failed&limit=1")).Json;
        var next = (await Staff.Get($"/api/messages?status=failed&limit=1&cursor={page.GetProperty("nextCursor").GetString()}")).Json;
        Assert.True(page.GetProperty("items")[0].GetProperty("createdAt").GetDateTimeOffset() >= next.GetProperty("items")[0].GetProperty("createdAt").GetDateTimeOffset());
        Assert.NotEqual(page.GetProperty("items")[0].GetProperty("subjectId").GetGuid(), next.GetProperty("items")[0].GetProperty("subjectId").GetGuid());
        Assert.Equal((422, "validation"), Both(await Staff.Get("/api/messages?status=lost")));
        Assert.Equal((400, "malformed"), Both(await Staff.Get("/api/messages?cursor=WyJhIl0")));
    }

    [Fact]
    public async Task One_tells_to_whom_it_goes_and_what_it_says_without_its_link()
    {
        var mail = (await Show(await Sent())).GetProperty("mail");
        Assert.Equal(("guest@example.com", "Anna Bold"), (mail.GetProperty("email").GetString(), mail.GetProperty("name").GetString()));
        Assert.Equal("Thank you: your order S-1234 is paid", mail.GetProperty("subject").GetString());
        Assert.Contains("1 Stone Lane", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token", mail.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Looking_at_a_mailed_link_makes_no_token()
    {
        var link = office.NewId();
        office.Links[link] = new MailedLink("ann@example.com", "Ann", "en", "");
        await office.Store.Tell("users", new PasswordResetAsked(link));
        Assert.Equal("sent", await office.EndOf(link));
        var made = office.TokensMade.Count(id => id == link);
        var shown = await Show(link, "password_reset");
        Assert.Equal("ann@example.com", shown.GetProperty("mail").GetProperty("email").GetString());
        Assert.DoesNotContain("token", shown.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(made, office.TokensMade.Count(id => id == link));
    }

    [Fact]
    public async Task One_whose_reader_was_erased_tells_how_it_went_and_nobody()
    {
        var order = await Sent();
        office.Orders[order] = null;
        var shown = await Show(order);
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("mail").ValueKind);
        Assert.False(shown.GetProperty("mailIsUnknown").GetBoolean());
    }

    [Theory, InlineData("failed"), InlineData("sent")]
    public async Task One_is_sent_again_as_a_mail_of_its_own_and_it_is_recorded(string status)
    {
        var order = await Sent();
        await Become(order, status);
        var reply = await Staff.Post($"/api/messages/{order}/order_paid/send-again");
        Assert.Equal((202, "waiting"), (reply.Status, reply.Json.GetProperty("status").GetString()));
        await Eventually.Get(() => Task.FromResult(office.Server.Taken), taken => taken.Any(mail => mail.MessageId == $"<{order}.order_paid.2@shop.example>"), "the second mail");
        Assert.Equal("sent", await office.EndOf(order));
        var change = Assert.Single((await Show(order)).GetProperty("history").EnumerateArray());
        Assert.Equal((Sam, "send_again"), (change.GetProperty("by").GetGuid(), change.GetProperty("action").GetString()));
        Assert.Equal((status, 1), (change.GetProperty("before").GetProperty("status").GetString(), change.GetProperty("before").GetProperty("times").GetInt32()));
        Assert.Equal(("waiting", 2), (change.GetProperty("after").GetProperty("status").GetString(), change.GetProperty("after").GetProperty("times").GetInt32()));
    }

    [Fact]
    public async Task One_that_waits_goes_to_nobody_or_held_a_link_is_not_sent_again()
    {
        var (nobodys, link) = (await Sent(), office.NewId());
        await Become(nobodys, "undeliverable");
        office.Links[link] = new MailedLink("ann@example.com", "Ann", "en", "");
        await office.Store.Tell("users", new PasswordResetAsked(link));
        await office.EndOf(link);
        Assert.Equal((409, "message_not_repeatable"), Both(await Staff.Post($"/api/messages/{nobodys}/order_paid/send-again")));
        Assert.Equal((409, "message_not_repeatable"), Both(await Staff.Post($"/api/messages/{link}/password_reset/send-again")));
        var odd = office.NewId();
        office.Orders[odd] = PostOffice.Order(odd) with { Email = "a..b@example.com" };
        await office.Pay(odd);
        await Eventually.Get(() => office.Store.Get<Database>("notifications").Find<string>("SELECT last_fault FROM messages WHERE subject_id = @odd", new { odd }), fault => fault is not null, "a try");
        Assert.Equal((409, "message_not_repeatable"), Both(await Staff.Post($"/api/messages/{odd}/order_paid/send-again")));
        Assert.Equal("the address cannot be written to", (await InList(odd)).GetProperty("lastFault").GetString());
    }

    [Fact]
    public async Task One_that_is_not_there_is_404()
    {
        var order = await Sent();
        Assert.Equal((404, "not_found"), Both(await Staff.Get($"/api/messages/{order}/order_shipped")));
        Assert.Equal((404, "not_found"), Both(await Staff.Post($"/api/messages/{order}/order_shipped/send-again")));
    }

    [Theory, InlineData("GET", "/api/messages"), InlineData("GET", "/api/messages/{0}/order_paid"), InlineData("POST", "/api/messages/{0}/order_paid/send-again")]
    public async Task Nobody_but_staff_may(string method, string path)
    {
        var order = await Sent();
        Task<Reply> Send(string? token) => office.Store.Api("notifications").As(token).Send(new HttpMethod(method), path.Replace("{0}", order.ToString(), StringComparison.Ordinal), null, null, []);
        Assert.Equal(401, (await Send(null)).Status);
        Assert.Equal(403, (await Send(office.Store.Tokens.Customer(Sam))).Status);
        Assert.Equal(403, (await Send(office.Store.Tokens.Guest(Sam))).Status);
        Assert.InRange((await Send(office.Store.Tokens.Admin(Sam))).Status, 200, 202);
    }

    [Fact]
    public async Task Those_that_were_given_up_wait_for_a_person()
    {
        var order = await Sent();
        await Become(order, "failed");
        var row = (await Staff.Get("/api/attention/notifications")).Json.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "message_failed");
        Assert.Equal(await office.Store.Get<Database>("notifications").Scalar<int>("SELECT COUNT(*) FROM messages WHERE status = 'failed'"), row.GetProperty("count").GetInt32());
        Assert.Contains(row.GetProperty("things").EnumerateArray(), thing => thing.GetProperty("subject").GetString() == $"{order}.order_paid" && thing.GetProperty("orderId").GetGuid() == order);
    }
}
