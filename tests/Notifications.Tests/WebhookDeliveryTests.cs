using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>What merchants' servers get, and when.</summary>
public sealed class WebhookDeliveryTests(HookDesk desk) : IClassFixture<HookDesk>
{
    private static readonly Money Price = new(4200, "USD");

    [Fact]
    public async Task Tells_of_an_event_once_signed_and_with_nobodys_name()
    {
        await using var hook = await desk.Register();
        var (order, buyer, cart) = (desk.NewId(), desk.NewId(), desk.NewId());
        var id = await desk.Happens("orders", new OrderPaid(order, buyer, cart, [new SkuQuantity("VASE", 2)], Price));
        await desk.Send();
        await desk.Send();
        var got = Assert.Single(hook.Received);
        var at = desk.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal((id.ToString(), $"{at}", "application/json"), (got.Id, got.Headers["webhook-timestamp"], got.Headers["Content-Type"]));
        Assert.Equal(WebhookSignature.Header(got.Id, at, got.Body, [WebhookSignature.Read(hook.Secret)!]), got.Headers["webhook-signature"]);
        Assert.StartsWith("Stoa/", got.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.False(got.Headers.ContainsKey("traceparent"));
        var body = JsonSerializer.Deserialize<JsonElement>(got.Body);
        Assert.Equal(["id", "type", "version", "timestamp", "data"], body.EnumerateObject().Select(one => one.Name));
        Assert.Equal((id, "order.paid", 1), (body.GetProperty("id").GetGuid(), body.GetProperty("type").GetString(), body.GetProperty("version").GetInt32()));
        Assert.Equal(desk.Clock.GetUtcNow(), body.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal("""{"orderId":"ID","total":{"amount":4200,"currency":"USD"}}""", body.GetProperty("data").GetRawText().Replace(order.ToString(), "ID", StringComparison.Ordinal));
        var delivery = await hook.Delivery(id);
        Assert.Equal("delivered", delivery.GetProperty("status").GetString());
        Assert.Equal(200, Assert.Single(delivery.GetProperty("attempts").EnumerateArray()).GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public async Task Tells_every_type_and_never_of_a_person()
    {
        await using var hook = await desk.Register([.. NoteDeliveries.Types]);
        var (order, person, payment) = (desk.NewId(), desk.NewId(), desk.NewId());
        await desk.Happens("orders", new OrderAwaitingPayment(order, person, Price, desk.Clock.GetUtcNow()));
        await desk.Happens("orders", new OrderPaid(order, person, person, [new SkuQuantity("VASE", 2)], Price));
        await desk.Happens("orders", new OrderRejected(order));
        await desk.Happens("orders", new OrderCancelled(order, "buyer"));
        await desk.Happens("orders", new OrderShipped(order));
        await desk.Happens("orders", new OrderDelivered(order));
        await desk.Happens("orders", new OrderRefunded(order, ReturnsStock: true));
        await desk.Happens("payments", new PaymentSucceeded(order, payment, Price, AfterClosure: false));
        await desk.Happens("payments", new PaymentRefunded(order, payment, desk.NewId(), Price, Price, Whole: true));
        await desk.Happens("payments", new PaymentRefundFailed(order, payment, desk.NewId(), Price, Price));
        await desk.Happens("products", new ProductChanged(order, 1, "vase", []));
        await desk.Happens("products", new ProductDeleted(order, 2));
        await desk.Happens("inventory", new StockAvailabilityChanged("VASE", InStock: true));
        await desk.Send();
        Assert.Equal(NoteDeliveries.Types.Order(StringComparer.Ordinal), hook.Received.Select(got => JsonSerializer.Deserialize<JsonElement>(got.Body).GetProperty("type").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(hook.Received, got => Assert.DoesNotContain(person.ToString(), got.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Tells_each_webhook_what_it_wants_and_no_other()
    {
        await using var wants = await desk.Register(["order.shipped"], path: "wants");
        await using var does_not = await desk.Register(["order.paid"], path: "does_not");
        await desk.Happens("orders", new OrderShipped(desk.NewId()));
        await desk.Send();
        Assert.Single(wants.Received);
        Assert.Empty(does_not.Received);
    }

    [Fact]
    public async Task Tells_nothing_of_what_happened_before_it_was_registered_or_while_it_was_off()
    {
        var early = await desk.OrderPaid();
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var hook = await desk.Register();
        await desk.Database.Write(tx => tx.Execute("UPDATE subscriptions SET position = 0, epoch = NULL, last_event_id = NULL WHERE source = 'orders' AND purpose = 'webhooks'"));
        await desk.Restart(); // the log is read again from its start
        await desk.Heard("orders", early);
        await desk.Staff.Patch(hook.Url, new { Enabled = false });
        await desk.OrderPaid();
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Staff.Patch(hook.Url, new { Enabled = true });
        var heard = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal(heard.ToString(), Assert.Single(hook.Received).Id);
    }

    [Fact]
    public async Task Notes_an_event_once_however_often_its_log_is_read()
    {
        desk.Clock.Advance(TimeSpan.FromSeconds(1)); // what other tests told is older than the webhook
        await using var hook = await desk.Register();
        var id = await desk.OrderPaid();
        await desk.Send();
        await desk.Database.Write(tx => tx.Execute("UPDATE subscriptions SET position = 0, epoch = NULL, last_event_id = NULL WHERE source = 'orders' AND purpose = 'webhooks'"));
        await desk.Restart();
        await desk.Heard("orders", id);
        await desk.Send();
        Assert.Single(hook.Received);
        desk.Clock.Advance(TimeSpan.FromDays(31)); // the record is gone by now, and an event of that age is nobody's news
        await desk.Step("old-deliveries");
        Assert.Empty(await hook.Deliveries());
        await desk.Database.Write(tx => tx.Execute("UPDATE subscriptions SET position = 0, epoch = NULL, last_event_id = NULL WHERE source = 'orders' AND purpose = 'webhooks'"));
        await desk.Restart();
        await desk.Heard("orders", id);
        Assert.Empty(await hook.Deliveries());
    }

    [Fact]
    public async Task Tries_ten_times_over_three_days_under_one_id_then_gives_up()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, 500);
        var id = await desk.OrderPaid();
        var began = desk.Clock.GetUtcNow();
        foreach (var longest in DeliverySchedule.Waits)
        {
            await desk.Send();
            var delivery = await hook.Delivery(id);
            var wait = delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - desk.Clock.GetUtcNow();
            Assert.InRange(wait, longest * 0.899, longest);
            desk.Clock.Advance(wait - TimeSpan.FromSeconds(1));
            await desk.Send(); // not yet
            Assert.Equal("waiting", delivery.GetProperty("status").GetString());
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("waiting", await hook.StatusOf(id));
        await desk.Send();
        var failed = await hook.Delivery(id);
        Assert.Equal(("failed", 10), (failed.GetProperty("status").GetString(), failed.GetProperty("attempts").GetArrayLength()));
        Assert.All(failed.GetProperty("attempts").EnumerateArray(), one => Assert.Equal(500, one.GetProperty("statusCode").GetInt32()));
        Assert.InRange(desk.Clock.GetUtcNow() - began, TimeSpan.FromDays(2.5), TimeSpan.FromDays(3));
        Assert.Equal((10, 1), (hook.Received.Length, hook.Received.DistinctBy(got => got.Id).Count()));
        Assert.Single(hook.Received.DistinctBy(got => got.Body));
        Assert.Equal(10, hook.Received.DistinctBy(got => got.Headers["webhook-signature"]).Count()); // each signs its own time
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Follows_no_redirect(int status)
    {
        await using var hook = await desk.Register(path: $"redirects-{status}");
        desk.Receiver.Answers(hook.Path, context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = desk.UrlOf($"elsewhere-{status}");
            return Task.CompletedTask;
        });
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Empty(desk.Receiver.At($"/elsewhere-{status}"));
        Assert.Equal(status, (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("statusCode").GetInt32());
        Assert.Equal("waiting", await hook.StatusOf(id));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sat, 01 Jan 2400 00:00:00 GMT", 86_400)]
    [InlineData("1", 4.5)]
    public async Task Waits_as_long_as_it_is_asked_to_up_to_a_day(string asked, double fewestSeconds)
    {
        await using var hook = await desk.Register(path: $"asks-for-{fewestSeconds}");
        desk.Receiver.Answers(hook.Path, context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = asked;
            return Task.CompletedTask;
        });
        var id = await desk.OrderPaid();
        await desk.Send();
        var wait = (await hook.Delivery(id)).GetProperty("nextAttemptAt").GetDateTimeOffset() - desk.Clock.GetUtcNow();
        Assert.InRange(wait.TotalSeconds, fewestSeconds - 0.1, Math.Max(5, fewestSeconds));
    }

    [Fact]
    public async Task Waits_15_seconds_for_an_answer()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var id = await desk.OrderPaid();
        await desk.Step("webhooks");
        await Eventually.Is(() => Task.FromResult(hook.Received.Length == 1), "the request");
        desk.Clock.Advance(TimeSpan.FromSeconds(15));
        await desk.Send();
        var attempt = (await hook.Delivery(id)).GetProperty("attempts")[0];
        Assert.Equal(("timed_out", 15_000), (attempt.GetProperty("fault").GetString(), attempt.GetProperty("milliseconds").GetInt64()));
    }

    [Fact]
    public async Task Does_not_read_an_answer_that_never_ends()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("delivered", await hook.StatusOf(id));
    }

    [Fact]
    public async Task Counts_a_head_of_an_answer_that_is_too_long_as_none()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, context =>
        {
            for (var i = 0; i < 6; i++) context.Response.Headers[$"x-{i}"] = new string('x', 4000);
            return Task.CompletedTask;
        });
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("answer_unreadable", (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("fault").GetString());
    }

    [Fact]
    public async Task One_that_is_slow_holds_up_no_other()
    {
        await using var slow = await desk.Register(path: "slow");
        await using var quick = await desk.Register(path: "quick");
        var released = new TaskCompletionSource();
        desk.Receiver.Answers("/slow", _ => released.Task);
        for (var i = 0; i < 12; i++) await desk.OrderPaid();
        await desk.Step("webhooks");
        await Eventually.Is(() => Task.FromResult(slow.Received.Length == 8 && quick.Received.Length == 12), "all of the quick one's");
        var last = await desk.OrderPaid();
        await Eventually.Is(async () =>
        {
            await desk.Step("webhooks");
            return await quick.StatusOf(last) == "delivered";
        }, "the last of the quick one's");
        Assert.Equal(8, slow.Received.Length); // no more at once
        released.SetResult();
        await desk.Send();
        Assert.Equal((13, 13), (slow.Received.Length, quick.Received.Length));
    }

    [Fact]
    public async Task Is_sent_again_under_the_same_id_when_asked()
    {
        await using var hook = await desk.Register();
        var id = await desk.OrderPaid();
        await desk.Send();
        var reply = await hook.Redeliver(id);
        Assert.Equal((202, "waiting"), (reply.Status, reply.Json.GetProperty("status").GetString()));
        await desk.Send();
        Assert.Equal([id.ToString(), id.ToString()], hook.Received.Select(got => got.Id));
        Assert.Equal(("delivered", 2), await hook.Delivery(id) is var delivery ? (delivery.GetProperty("status").GetString(), delivery.GetProperty("attempts").GetArrayLength()) : default);
    }

    [Fact]
    public async Task A_delivery_that_waits_is_brought_forward_when_asked_and_keeps_its_count()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, 500);
        var id = await desk.OrderPaid();
        await desk.Send();
        await hook.Redeliver(id);
        await desk.Send();
        var next = (await hook.Delivery(id)).GetProperty("nextAttemptAt").GetDateTimeOffset() - desk.Clock.GetUtcNow();
        Assert.InRange(next, DeliverySchedule.Waits[1] * 0.899, DeliverySchedule.Waits[1]);
    }

    [Fact]
    public async Task Is_not_sent_again_to_a_webhook_that_is_off()
    {
        await using var hook = await desk.Register();
        var id = await desk.OrderPaid();
        await desk.Staff.Patch(hook.Url, new { Enabled = false });
        Assert.Equal((409, "webhook_off"), await hook.Redeliver(id) is var reply ? (reply.Status, reply.Code) : default);
        await desk.Send();
        Assert.Empty(hook.Received);
        await desk.Staff.Patch(hook.Url, new { Enabled = true });
        await desk.Send();
        Assert.Single(hook.Received); // what waited
    }

    [Fact]
    public async Task Signs_with_both_secrets_for_a_day_after_a_rotation()
    {
        await using var hook = await desk.Register();
        var rotated = (await desk.Staff.Post(hook.Url + "/secret", new { })).Json;
        Assert.Equal(desk.Clock.GetUtcNow().AddDays(1), rotated.GetProperty("previousSecretUntil").GetDateTimeOffset());
        await desk.OrderPaid();
        await desk.Send();
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.Step("old-deliveries");
        await desk.OrderPaid();
        await desk.Send();
        byte[] before = WebhookSignature.Read(hook.Secret)!, now = WebhookSignature.Read(rotated.GetProperty("secret").GetString()!)!;
        Assert.Equal([Signed(hook.Received[0], now, before), Signed(hook.Received[1], now)], hook.Received.Select(got => got.Headers["webhook-signature"]));
        Assert.Null(await desk.Database.Find<string>("SELECT previous_secret FROM webhooks WHERE id = @Id", new { hook.Id }));

        static string Signed(ReceivedHook got, params byte[][] secrets) =>
            WebhookSignature.Header(got.Id, long.Parse(got.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture), got.Body, secrets);
    }

    [Fact]
    public async Task Takes_the_merchants_own_secret_at_a_rotation_and_refuses_a_short_one()
    {
        await using var hook = await desk.Register();
        var own = WebhookSignature.Write(new byte[32]);
        Assert.Equal(own, (await desk.Staff.Post(hook.Url + "/secret", new { Secret = own })).Json.GetProperty("secret").GetString());
        Assert.Equal(422, (await desk.Staff.Post(hook.Url + "/secret", new { Secret = "short" })).Status);
    }

    [Fact]
    public async Task Is_switched_off_after_three_days_without_an_arrival_and_whoever_registered_it_gets_a_mail()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, 500);
        for (var day = 0; day <= 3; day++)
        {
            await desk.OrderPaid();
            await desk.Send();
            Assert.Equal(day < 3, (await hook.Show()).GetProperty("enabled").GetBoolean());
            desk.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal("failing", (await hook.Show()).GetProperty("offReason").GetString());
        Assert.Equal(JsonValueKind.Null, (await desk.Staff.Get(hook.Url)).Json.GetProperty("history")[1].GetProperty("by").ValueKind);
        await Eventually.Is(async () =>
        {
            await desk.Step("messages"); // one at a time, and there may be others
            return Array.Exists(desk.Mail.Taken, one => one.Text.Contains("Nothing that we sent to hooks.test has arrived since", StringComparison.Ordinal));
        }, "the mail");
        var mail = Assert.Single(desk.Mail.Taken, one => one.Text.Contains("has arrived since", StringComparison.Ordinal));
        Assert.Equal("A webhook was switched off: hooks.test", mail.Subject);
        Assert.Contains("sam@example.com", mail.To, StringComparison.Ordinal);
        desk.Receiver.Answers(hook.Path, 204);
        var on = (await desk.Staff.Patch(hook.Url, new { Enabled = true })).Json;
        Assert.Equal((true, JsonValueKind.Null, JsonValueKind.Null), (on.GetProperty("enabled").GetBoolean(), on.GetProperty("offReason").ValueKind, on.GetProperty("failingSince").ValueKind));
        await desk.Send();
        Assert.All((await hook.Deliveries()).Where(one => one.GetProperty("attempts").GetArrayLength() > 1), one => Assert.Equal("delivered", one.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task One_arrival_counts_the_days_anew()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, 500);
        await desk.OrderPaid();
        await desk.Send();
        Assert.Equal(desk.Clock.GetUtcNow(), (await hook.Show()).GetProperty("failingSince").GetDateTimeOffset());
        desk.Clock.Advance(TimeSpan.FromDays(2));
        desk.Receiver.Answers(hook.Path, 200);
        await desk.Send();
        Assert.Equal(JsonValueKind.Null, (await hook.Show()).GetProperty("failingSince").ValueKind);
        desk.Receiver.Answers(hook.Path, 500);
        await desk.OrderPaid();
        await desk.Send();
        desk.Clock.Advance(TimeSpan.FromDays(2));
        await desk.Send();
        Assert.True((await hook.Show()).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Is_switched_off_at_once_when_it_says_that_it_is_gone()
    {
        await using var hook = await desk.Register();
        desk.Receiver.Answers(hook.Path, (int)HttpStatusCode.Gone);
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal(("gone", "failed"), ((await hook.Show()).GetProperty("offReason").GetString(), await hook.StatusOf(id)));
    }

    [Fact]
    public async Task Switched_off_leads_whoever_registered_it_to_its_page_in_the_language_that_it_was_registered_in()
    {
        await using var own = await HookDesk.Open();
        await using var hook = await own.Register(language: "de-AT");
        own.Receiver.Answers(hook.Path, (int)HttpStatusCode.Gone);
        await own.OrderPaid();
        await own.Send();
        await Eventually.Is(async () =>
        {
            await own.Step("messages"); // one at a time, and the paid order's is another
            return Array.Exists(own.Mail.Taken, one => one.Subject == "Ein Webhook wurde abgeschaltet: hooks.test");
        }, "the mail");
        var mail = Assert.Single(own.Mail.Taken, one => one.Subject.StartsWith("Ein Webhook", StringComparison.Ordinal));
        Assert.Contains($"https://shop.example/admin/webhooks/{hook.Id}", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_sent_again_under_the_same_id_after_a_crash_between_sending_and_writing()
    {
        await using var own = await HookDesk.Open();
        await using var hook = await own.Register();
        var crashes = false;
        own.Receiver.Answers(hook.Path, _ =>
        {
            Volatile.Write(ref crashes, true); // it has arrived, and we die before we have written that down
            return Task.CompletedTask;
        });
        var id = await own.OrderPaid();
        own.Commit = when =>
        {
            if (when == "before" && Volatile.Read(ref crashes)) throw new Microsoft.Data.Sqlite.SqliteException("the machine stopped", 10);
        };
        await own.Step("webhooks");
        await Eventually.Is(() => Task.FromResult(hook.Received.Length == 1), "the request");
        await own.Store.Stop("notifications");
        own.Commit = null;
        own.Receiver.Answers(hook.Path, 200);
        await own.Store.Run("notifications");
        await own.Step("webhooks");
        var delivery = await hook.Delivery(id);
        Assert.Equal(("waiting", 0), (delivery.GetProperty("status").GetString(), delivery.GetProperty("attempts").GetArrayLength())); // still claimed
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await own.Send();
        Assert.Equal([id.ToString(), id.ToString()], hook.Received.Select(got => got.Id));
        Assert.Equal("delivered", await hook.StatusOf(id));
    }

    [Fact]
    public async Task What_somebody_else_took_over_is_not_written_by_the_first()
    {
        await using var hook = await desk.Register();
        var released = new TaskCompletionSource();
        desk.Receiver.Answers(hook.Path, _ => released.Task);
        var id = await desk.OrderPaid();
        await desk.Step("webhooks");
        await Eventually.Is(() => Task.FromResult(hook.Received.Length == 1), "the request");
        await desk.Database.Write(tx => tx.Execute("UPDATE webhook_deliveries SET version = version + 1 WHERE event_id = @id", new { id })); // as another replica's claim does
        released.SetResult();
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Send();
        Assert.Equal(2, hook.Received.Length);
        Assert.Single((await hook.Delivery(id)).GetProperty("attempts").EnumerateArray());
    }

    [Fact]
    public async Task What_was_under_way_when_the_service_stopped_is_due_at_once()
    {
        await using var own = await HookDesk.Open();
        await using var hook = await own.Register();
        own.Receiver.Answers(hook.Path, context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var id = await own.OrderPaid();
        using var stopping = new CancellationTokenSource();
        await own.Store.Get<LoopRegistry>("notifications").Step("webhooks", stopping.Token);
        await Eventually.Is(() => Task.FromResult(hook.Received.Length == 1), "the request");
        await stopping.CancelAsync();
        own.Receiver.Answers(hook.Path, 200);
        await own.Restart();
        await own.Send();
        Assert.Equal(("delivered", 1), await hook.Delivery(id) is var delivery ? (delivery.GetProperty("status").GetString(), delivery.GetProperty("attempts").GetArrayLength()) : default);
        Assert.Equal(2, hook.Received.Length);
    }

    [Fact]
    public async Task Replicas_send_each_delivery_once()
    {
        await using var own = await HookDesk.Open();
        await using var hook = await own.Register();
        string[] replicas = TestPostgres.IsWanted ? ["notifications", await own.Store.Replicate("notifications")] : ["notifications"];
        for (var i = 0; i < 20; i++) await own.OrderPaid();
        await Task.WhenAll(replicas.Select(one => own.Store.Get<LoopRegistry>(one).Step("webhooks", default)));
        await own.Send();
        Assert.Equal((20, 20), (hook.Received.Length, hook.Received.DistinctBy(got => got.Id).Count()));
        Assert.All(await hook.Deliveries(), one => Assert.Single(one.GetProperty("attempts").EnumerateArray()));
    }

    [Fact]
    public async Task Says_so_when_the_secret_cannot_be_read_any_more()
    {
        await using var hook = await desk.Register();
        await desk.Database.Write(tx => tx.Execute("UPDATE webhooks SET secret = @other WHERE id = @Id", new { hook.Id, other = desk.Store.Get<WebhookSecrets>("notifications").Seal(desk.NewId(), new byte[32]) }));
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("secret_unreadable", (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("fault").GetString());
        Assert.Empty(hook.Received);
    }

    [Fact]
    public async Task Lists_deliveries_newest_first_in_pages_and_by_status()
    {
        await using var hook = await desk.Register();
        List<Guid> told = [];
        for (var i = 0; i < 3; i++)
        {
            told.Insert(0, await desk.OrderPaid());
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var page = (await desk.Staff.Get(hook.Url + "/deliveries?limit=2")).Json;
        var rest = (await desk.Staff.Get($"{hook.Url}/deliveries?limit=2&cursor={page.GetProperty("nextCursor").GetString()}")).Json;
        Assert.Equal(told, page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(one => one.GetProperty("id").GetGuid()));
        await desk.Send();
        Assert.Equal((0, 3), (await Count("waiting"), await Count("delivered")));
        Assert.Equal((422, "validation"), await desk.Staff.Get(hook.Url + "/deliveries?status=lost") is var reply ? (reply.Status, reply.Code) : default);

        async Task<int> Count(string status) => (await desk.Staff.Get($"{hook.Url}/deliveries?status={status}")).Json.GetProperty("items").GetArrayLength();
    }
}
