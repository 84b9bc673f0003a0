using System.Text;
using System.Text.Json;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Payments.Tests;

/// <summary>P15: rows are deleted, altered and invented on either side; each is put right where there is one right answer, else
/// reported, and never made worse.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Of_books_that_agree_it_says_nothing()
    {
        var (_, payment) = await Paid();
        await _shop.Refund(payment, 1000);
        await _shop.Pay(_shop.PlaceOrder(), "pm_card_visa_chargeDeclined");
        await _shop.Pay(_shop.PlaceOrder(), "pm_card_authenticationRequired");
        await _shop.Pay(_shop.PlaceOrder(), "pm_usBankAccount_success");
        var report = await Reconcile();
        Assert.True(report.GetProperty("complete").GetBoolean());
        var compared = report.GetProperty("compared");
        Assert.Equal((4, 1, 1, 2), (Number(compared, "intents"), Number(compared, "attempts"), Number(compared, "refunds"), Number(compared, "ledgerEntries")));
        Says(report, repaired: [], open: []);
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("cancelled")]
    public async Task A_charge_that_we_took_for_none_is_settled_as_by_any_other_answer(string status)
    {
        var (order, payment) = await Paid();
        await DropLedger();
        await Tamper($"UPDATE attempts SET status = '{status}'");
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        Says(await Reconcile(), repaired: ["charge_not_settled"], open: []);
        Assert.Equal("succeeded", (await _shop.Payment(payment)).Json.GetProperty("status").GetString());
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
        Assert.Equal("order_already_paid", (await _shop.Pay(order)).Code);
        Says(await Reconcile(), repaired: [], open: []);
    }

    [Fact]
    public async Task Ledger_entries_that_are_lost_are_booked_again_once()
    {
        var (_, payment) = await Paid();
        await _shop.Refund(payment, 1000);
        await DropLedger();
        Says(await Reconcile(), repaired: ["charge_not_booked", "refund_not_booked"], open: []);
        Assert.Equal(3200, (await _shop.Balances())[Ledger.ProviderClearing]);
        Says(await Reconcile(), repaired: [], open: []);
    }

    [Fact]
    public async Task An_attempt_altered_is_reported_once_and_cleared_when_it_is_put_right()
    {
        await Paid();
        await Tamper("UPDATE attempts SET amount_minor = amount_minor + 1");
        var report = await Reconcile();
        Says(report, repaired: [], open: ["charge_amount_differs"]);
        var found = report.GetProperty("differences")[0];
        Assert.Equal((4201, 4200), (Minor(found, "ours"), Minor(found, "theirs")));
        Says(await Reconcile(), repaired: [], open: ["charge_amount_differs"]);
        Assert.Contains("stoa_alerts_total{kind=\"money_differs\"} 1", await Metrics(), StringComparison.Ordinal);

        await Tamper("UPDATE attempts SET amount_minor = amount_minor - 1");
        _shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Says(await Reconcile(), repaired: [], open: []);
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task An_attempt_deleted_is_reported_from_both_sides()
    {
        var (order, _) = await Paid();
        await Tamper("DELETE FROM attempts");
        var report = await Reconcile();
        Says(report, repaired: [], open: ["charge_without_attempt", "ledger_entry_of_nothing"]);
        Assert.All(report.GetProperty("differences").EnumerateArray(), one => Assert.Equal(order, one.GetProperty("orderId").GetGuid()));
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task A_charge_invented_at_the_provider_is_reported_with_its_amount()
    {
        await Bank("payment_intents", ("amount", "777"), ("currency", "usd"), ("payment_method", "pm_card_visa"), ("payment_method_types[0]", "card"), ("confirm", "true"));
        var report = await Reconcile();
        Says(report, repaired: [], open: ["charge_without_attempt"]);
        var found = report.GetProperty("differences")[0];
        Assert.Equal((777, JsonValueKind.Null, JsonValueKind.Null), (Minor(found, "theirs"), found.GetProperty("ours").ValueKind, found.GetProperty("orderId").ValueKind));
        Assert.Empty(await _shop.Balances());
    }

    [Theory]
    [InlineData("DELETE FROM charges", "charge_missing_at_provider")]
    [InlineData("DELETE FROM payment_intents", "charge_missing_at_provider")]
    [InlineData("UPDATE payment_intents SET status = 'canceled'", "charge_missing_at_provider")]
    [InlineData("UPDATE payment_intents SET amount_received = 4100", "charge_amount_differs")]
    [InlineData("UPDATE charges SET amount = 4300", "charge_amount_differs")]
    public async Task A_charge_deleted_or_altered_at_the_provider_is_reported_and_ours_stands(string sql, string kind)
    {
        var (_, payment) = await Paid();
        await Tamper(sql, "sandbox");
        Says(await Reconcile(), repaired: [], open: [kind]);
        Says(await Reconcile(), repaired: [], open: [kind]);
        Assert.Equal("succeeded", (await _shop.Payment(payment)).Json.GetProperty("status").GetString());
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task A_ledger_entry_of_money_that_was_never_taken_is_reported()
    {
        await Paid();
        await Tamper("UPDATE attempts SET status = 'declined'");
        await Tamper("UPDATE payment_intents SET status = 'requires_payment_method'", "sandbox");
        Says(await Reconcile(), repaired: [], open: ["ledger_without_charge"]);
    }

    [Fact]
    public async Task A_posting_altered_or_deleted_is_reported_and_not_touched()
    {
        await Paid();
        await Tamper("UPDATE postings SET debit_minor = 9999 WHERE debit_minor > 0");
        Says(await Reconcile(), repaired: [], open: ["ledger_amount_differs", "ledger_entry_unbalanced"]);
        await Tamper("DELETE FROM postings");
        Says(await Reconcile(), repaired: [], open: ["ledger_amount_differs", "ledger_entry_unbalanced"]);
        Assert.Empty(await _shop.Balances());
    }

    [Fact]
    public async Task A_refund_that_came_back_unheard_is_reversed()
    {
        var (order, payment) = await Paid("pm_card_refundFail");
        await _shop.Refund(payment);
        Assert.Equal(0, (await _shop.Balances())[Ledger.ProviderClearing]);
        await FailsAtTheBank();
        Says(await Reconcile(), repaired: ["refund_not_settled"], open: []);
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
        Assert.Equal("open", await _shop.GiveBack(order));
        Assert.Single(await _shop.Events("payment.refund_failed"));
    }

    [Fact]
    public async Task A_reversal_that_is_lost_is_booked_again()
    {
        var (_, payment) = await Paid("pm_card_refundFail");
        await _shop.Refund(payment);
        await FailsAtTheBank();
        await Reconcile();
        await Tamper("DELETE FROM postings WHERE entry_id IN (SELECT id FROM journal_entries WHERE kind = 'refund_returned')");
        await Tamper("DELETE FROM journal_entries WHERE kind = 'refund_returned'");
        Says(await Reconcile(), repaired: ["refund_return_not_booked"], open: []);
        Assert.Equal(4200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task A_refund_left_to_a_person_is_settled_when_it_is_there_and_reported_when_not()
    {
        var (_, payment) = await Paid();
        await _shop.Refund(payment, 1000);
        var (_, other) = await Paid();
        await _shop.Refund(other, 2000);
        await DropLedger();
        await Tamper("UPDATE refunds SET status = 'escalated', provider_refund_id = NULL");
        await Tamper("DELETE FROM refunds WHERE amount = 2000", "sandbox");
        Says(await Reconcile(), repaired: ["charge_not_booked", "charge_not_booked", "refund_not_settled"], open: ["refund_unresolved"]);
        Assert.Equal(7400, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task A_refund_invented_at_the_provider_or_deleted_with_us_is_reported()
    {
        var (order, payment) = await Paid();
        await _shop.Refund(payment, 1000);
        await Tamper("DELETE FROM refunds");
        await Bank("refunds", ("payment_intent", (await _shop.Intents(order))[0].GetProperty("id").GetString()!), ("amount", "55"));
        var report = await Reconcile();
        Says(report, repaired: [], open: ["ledger_entry_of_nothing", "refund_without_record", "refund_without_record"]);
        Assert.All(report.GetProperty("differences").EnumerateArray(), one => Assert.Equal(order, one.GetProperty("orderId").GetGuid()));
        Assert.Equal(3200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Theory]
    [InlineData("sandbox", "DELETE FROM refunds", "refund_missing_at_provider")]
    [InlineData("sandbox", "UPDATE refunds SET status = 'pending'", "refund_missing_at_provider")]
    [InlineData("sandbox", "UPDATE refunds SET amount = 999", "refund_amount_differs")]
    [InlineData("payments", "UPDATE refunds SET amount_minor = 999", "refund_amount_differs")]
    [InlineData("payments", "UPDATE refunds SET status = 'failed'", "refund_went_out_though_failed")]
    public async Task A_refund_altered_or_deleted_is_reported_and_stands(string where, string sql, string kind)
    {
        var (_, payment) = await Paid();
        await _shop.Refund(payment, 1000);
        await Tamper(sql, where);
        Says(await Reconcile(), repaired: [], open: [kind]);
        Assert.Equal(3200, (await _shop.Balances())[Ledger.ProviderClearing]);
    }

    [Fact]
    public async Task While_shoppers_pay_and_staff_refund_it_finds_nothing_false()
    {
        using var done = new CancellationTokenSource();
        var looking = Task.Run(async () =>
        {
            var reports = new List<JsonElement>();
            while (!done.IsCancellationRequested) reports.Add(await Reconcile());
            return reports;
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) =>
        {
            var (_, payment) = await Paid();
            if (i % 2 == 0) Assert.Equal(201, (await _shop.Refund(payment, i % 4 == 0 ? null : 1000)).Status);
        });
        await done.CancelAsync();
        foreach (var report in await looking) Says(report, repaired: [], open: []);
        var last = await Reconcile();
        Says(last, repaired: [], open: []);
        Assert.Equal((24, 24, 12, 36), (Number(last.GetProperty("compared"), "intents"), Number(last.GetProperty("compared"), "attempts"),
            Number(last.GetProperty("compared"), "refunds"), Number(last.GetProperty("compared"), "ledgerEntries")));
    }

    [Fact]
    public async Task It_reads_page_after_page_and_looks_no_further_back_than_asked()
    {
        await Paid();
        await Tamper("UPDATE attempts SET amount_minor = amount_minor + 1");
        Says(await Reconcile(), repaired: [], open: ["charge_amount_differs"]);
        _shop.Clock.Advance(TimeSpan.FromDays(10));
        await Parallel.ForEachAsync(Enumerable.Range(0, 101), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, _) => await Bank("payment_intents", ("amount", "500"), ("currency", "usd"), ("payment_method_types[0]", "card")));
        await Tamper("UPDATE attempts SET amount_minor = amount_minor - 1");
        var recent = await Reconcile(days: 3);
        Assert.Equal(101, Number(recent.GetProperty("compared"), "intents"));
        Says(recent, repaired: [], open: ["charge_amount_differs"]); // not looked at, so not cleared
        var all = await Reconcile(days: 30);
        Assert.Equal(102, Number(all.GetProperty("compared"), "intents"));
        Says(all, repaired: [], open: []);
    }

    [Fact]
    public async Task With_the_provider_away_it_says_so_and_clears_nothing()
    {
        await Paid();
        await Tamper("UPDATE attempts SET amount_minor = amount_minor + 1");
        await Reconcile();
        await Tamper("UPDATE attempts SET amount_minor = amount_minor - 1");
        _shop.Clock.Advance(TimeSpan.FromSeconds(1));
        _shop.Wire.Cut("/refunds");
        var report = await Reconcile();
        Assert.False(report.GetProperty("complete").GetBoolean());
        Says(report, repaired: [], open: ["charge_amount_differs"]);
    }

    [Fact]
    public async Task It_runs_by_itself_and_staff_see_what_is_open()
    {
        await using var shop = await Shop.Open(reconcilesEvery: 10);
        await shop.Pay(shop.PlaceOrder());
        await shop.Store.Get<Database>("payments").Write(tx => tx.Execute("UPDATE attempts SET amount_minor = amount_minor + 1"));
        var loops = shop.Store.Get<LoopRegistry>("payments");
        loops.Wake(Payments.Reconcile.LoopName);
        var staff = shop.Store.Api("payments").As(shop.Store.Tokens.Staff(shop.Anna));
        var seen = await shop.Sees(() => staff.Get("/api/payments/differences"), reply => reply.Json.GetProperty("items").GetArrayLength() == 1, "the difference");
        Assert.Equal("charge_amount_differs", seen.Json.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal(403, (await shop.As(shop.Anna).Get("/api/payments/differences")).Status);
        Assert.Equal(400, (await staff.Get("/api/payments/differences?cursor=WyJ4Il0")).Status);

        await shop.Store.Get<Database>("payments").Write(tx => tx.Execute("UPDATE attempts SET amount_minor = amount_minor - 1"));
        loops.Wake(Payments.Reconcile.LoopName);
        await shop.Sees(() => staff.Get("/api/payments/differences"), reply => reply.Json.GetProperty("items").GetArrayLength() == 0, "nothing open");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    public async Task Refuses_days_that_are_none(int days) =>
        Assert.Equal("validation", (await _shop.Store.Internal("payments").Post($"/internal/reconciliation?days={days}")).Code);

    private async Task<(Guid Order, string Payment)> Paid(string method = "pm_card_visa")
    {
        var order = _shop.PlaceOrder();
        return (order, (await _shop.Pay(order, method)).Json.GetProperty("id").GetString()!);
    }

    private async Task FailsAtTheBank()
    {
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Get(() =>
        {
            _shop.Clock.Advance(TimeSpan.FromSeconds(1));
            return _shop.Refunds();
        }, refunds => refunds[0].GetProperty("status").GetString() == "failed", "the failure at the bank");
    }

    private async Task<JsonElement> Reconcile(int days = 3)
    {
        var reply = await _shop.Store.Internal("payments").Post($"/internal/reconciliation?days={days}");
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }

    private static void Says(JsonElement report, string[] repaired, string[] open)
    {
        Assert.Equal(repaired, Kinds(report, "repaired"));
        Assert.Equal(open, Kinds(report, "differences"));
        Assert.Equal(open.Length, report.GetProperty("open").GetInt32());
    }

    private static string[] Kinds(JsonElement report, string list) =>
        [.. report.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("kind").GetString()!).Order(StringComparer.Ordinal)];

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static long Minor(JsonElement difference, string side) => difference.GetProperty(side).GetProperty("amount").GetInt64();

    private async Task<string> Metrics() => (await _shop.Store.Api("payments").Get("/metrics")).Body;

    /// <summary>Changes what no code of ours would.</summary>
    private Task Tamper(string sql, string service = "payments")
    {
        var database = _shop.Store.Get<Database>(service);
        return database.Write(async tx =>
        {
            if (service == "payments") await tx.Execute(OpenLedger(database.Dialect));
            await tx.Execute(sql);
        });
    }

    private async Task DropLedger()
    {
        await Tamper("DELETE FROM postings");
        await Tamper("DELETE FROM journal_entries");
    }

    private static string OpenLedger(Dialect dialect) => dialect == Dialect.Postgres
        ? "DROP TRIGGER IF EXISTS journal_entries_append_only ON journal_entries; DROP TRIGGER IF EXISTS postings_append_only ON postings"
        : string.Join(';', from table in new[] { "journal_entries", "postings" } from act in new[] { "update", "delete" } select $"DROP TRIGGER IF EXISTS {table}_no_{act}");

    private async Task Bank(string path, params (string, string)[] form)
    {
        var reply = await _shop.Store.Api("sandbox").As(Shop.SecretKey).Post("/v1/" + path, new StringContent(StripeClient.Form(form), Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(200, reply.Status);
    }
}
