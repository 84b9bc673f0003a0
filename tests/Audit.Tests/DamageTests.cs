using Stoa.Contracts;

namespace Stoa.Audit.Tests;

/// <summary>The audit can fail: for each invariant real data is damaged behind the services' backs, and the audit names that
/// invariant. Each damage is put right again, after which the store is clean.</summary>
public sealed class DamageTests(Market market) : IClassFixture<Market>
{
    private static string ChargeOf(string metadata) => $$"""
        INSERT INTO payment_intents (id, created_at, version, status, amount, amount_received, currency, client_secret, metadata, payment_method_types)
            VALUES ('pi_damage', 1, 1, 'succeeded', 500, 500, 'usd', 's', {{metadata}}, '[]');
        INSERT INTO charges (id, created_at, payment_intent, payment_method, status, amount, amount_refunded, currency, metadata, payment_method_details, outcome)
            VALUES ('ch_damage', 1, 'pi_damage', 'pm_x', 'succeeded', 500, 0, 'usd', '{}', '{}', '{}')
        """;

    private const string NoCharge = "DELETE FROM charges WHERE id = 'ch_damage'; DELETE FROM payment_intents WHERE id = 'pi_damage'";

    private const string OfPaid = "'{\"order_id\":\"' || @paidText || '\"}'";
    private const string OfCancelled = "'{\"order_id\":\"' || @cancelledText || '\"}'";
    private const string OfNobody = "'{}'";

    private const string NoTriggers = "DROP TRIGGER IF EXISTS postings_no_update; DROP TRIGGER IF EXISTS postings_no_delete; DROP TRIGGER IF EXISTS journal_entries_no_update; DROP TRIGGER IF EXISTS journal_entries_no_delete;";

    // invariant, service, damage, mend
    private static readonly (string Invariant, string Name, string Service, string Damage, string Mend)[] Damages =
    [
        ("no_order_lost", "an order is gone", "orders",
            "CREATE TABLE kept AS SELECT * FROM orders WHERE id = @Paid; DELETE FROM orders WHERE id = @Paid",
            "INSERT INTO orders SELECT * FROM kept; DROP TABLE kept"),
        ("one_key_each", "an idempotency record is gone", "orders",
            "UPDATE idempotency SET scope = 'x' WHERE thing_id = @Paid", "UPDATE idempotency SET scope = 'orders' WHERE thing_id = @Paid"),
        ("charged_at_most_once", "the bank charged a second time", "sandbox", ChargeOf(OfPaid), NoCharge),
        ("refunded_at_most_charged", "the bank refunds more than it took", "sandbox",
            "UPDATE refunds SET amount = amount + 10000", "UPDATE refunds SET amount = amount - 10000"),
        ("refunded_at_most_charged", "refunds of Payments exceed the payment", "payments",
            "UPDATE refunds SET amount_minor = amount_minor + 10000", "UPDATE refunds SET amount_minor = amount_minor - 10000"),
        ("charge_is_total", "an order's total was altered", "orders",
            "UPDATE orders SET total_minor = total_minor + 1 WHERE id = @Paid", "UPDATE orders SET total_minor = total_minor - 1 WHERE id = @Paid"),
        ("every_charge_has_an_order", "the bank charged for nobody", "sandbox", ChargeOf(OfNobody), NoCharge),
        ("books_agree", "an attempt reads declined", "payments",
            "UPDATE attempts SET status = 'declined' WHERE order_id = @Paid", "UPDATE attempts SET status = 'succeeded' WHERE order_id = @Paid"),
        ("books_agree", "an entry of the ledger is of another amount", "payments",
            NoTriggers + "UPDATE postings SET debit_minor = debit_minor + (CASE debit_minor WHEN 0 THEN 0 ELSE 5 END), credit_minor = credit_minor + (CASE credit_minor WHEN 0 THEN 0 ELSE 5 END) WHERE entry_id IN (SELECT id FROM journal_entries WHERE order_id = @Paid)",
            "UPDATE postings SET debit_minor = debit_minor - (CASE debit_minor WHEN 0 THEN 0 ELSE 5 END), credit_minor = credit_minor - (CASE credit_minor WHEN 0 THEN 0 ELSE 5 END) WHERE entry_id IN (SELECT id FROM journal_entries WHERE order_id = @Paid)"),
        ("debits_equal_credits", "a posting of the ledger is gone", "payments",
            NoTriggers + "CREATE TABLE kept AS SELECT * FROM postings WHERE account = 'customer_orders' AND entry_id IN (SELECT id FROM journal_entries WHERE order_id = @Paid); DELETE FROM postings WHERE account = 'customer_orders' AND entry_id IN (SELECT id FROM journal_entries WHERE order_id = @Paid)",
            "INSERT INTO postings SELECT * FROM kept; DROP TABLE kept"),
        ("stock_adds_up", "a bowl more is on hand than came in", "inventory",
            "UPDATE stock SET on_hand = on_hand + 1", "UPDATE stock SET on_hand = on_hand - 1"),
        ("reserved_is_held", "a bowl is reserved for nobody", "inventory",
            "UPDATE stock SET reserved = reserved + 1", "UPDATE stock SET reserved = reserved - 1"),
        ("reserved_is_held", "an orphan of a reservation", "inventory",
            "INSERT INTO reservations (order_id, decision, decided_at) VALUES (@Nobody, 'reserved', 1)", "DELETE FROM reservations WHERE order_id = @Nobody"),
        ("ended_orders_hold_nothing", "a cancelled order holds its goods again", "inventory",
            "UPDATE reservations SET decision = 'reserved' WHERE order_id = @Cancelled", "UPDATE reservations SET decision = 'released' WHERE order_id = @Cancelled"),
        ("ended_orders_hold_nothing", "the bank charged for a cancelled order", "sandbox", ChargeOf(OfCancelled), NoCharge),
        ("effects_exactly_once", "a sale is gone", "inventory",
            "UPDATE movements SET cause_id = @Nobody WHERE cause_id = @Paid", "UPDATE movements SET cause_id = @Paid WHERE cause_id = @Nobody"),
        ("effects_exactly_once", "a mail about an order that nobody paid", "notifications",
            "INSERT INTO messages (subject_id, kind, status, attempts, next_attempt_at, created_at) VALUES (@Awaiting, 'order_paid', 'sent', 1, 1, 1)", "DELETE FROM messages WHERE subject_id = @Awaiting"),
        ("effects_exactly_once", "lines of an order never left the cart", "carts",
            "DELETE FROM orders_taken WHERE order_id = @Paid", "INSERT INTO orders_taken (order_id) VALUES (@Paid)"),
        ("effects_exactly_once", "an event was lost from the log", "payments",
            "UPDATE event_log SET subject = 'x' WHERE subject = @paidText", "UPDATE event_log SET subject = @paidText WHERE subject = 'x'"),
        ("states_follow_the_rules", "a state is missing from an order's history", "orders",
            "UPDATE order_history SET order_id = @Nobody WHERE order_id = @Paid AND status = 'awaiting_payment'", "UPDATE order_history SET order_id = @Paid WHERE order_id = @Nobody"),
        ("no_dead_letters", "an event is parked", "carts",
            "INSERT INTO dead_letters (source, purpose, position, subject, event, reason, parked_at) VALUES ('orders', 'bought-lines', 1, 'x', '{}', 'damage', 1)", "DELETE FROM dead_letters"),
        ("positions_at_head", "a position was dropped", "inventory",
            "UPDATE subscriptions SET position = position - 1 WHERE source = 'orders'", "UPDATE subscriptions SET position = position + 1 WHERE source = 'orders'"),
        ("positions_at_head", "a log has another epoch", "orders",
            "CREATE TABLE kept AS SELECT * FROM event_log_epoch; UPDATE event_log_epoch SET epoch = @Nobody", "UPDATE event_log_epoch SET epoch = (SELECT epoch FROM kept); DROP TABLE kept"),
        ("everything_settles", "an order was forgotten while it was placed", "orders",
            "UPDATE orders SET status = 'placed', next_attempt = NULL WHERE id = @Awaiting", "UPDATE orders SET status = 'awaiting_payment', next_attempt = pay_by WHERE id = @Awaiting"),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var one in Damages) all.Add(one.Invariant, one.Name);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Names_the_invariant_that_the_damage_breaks(string invariant, string name)
    {
        var (_, _, service, damage, mend) = Damages.Single(one => one.Name == name);
        await market.Damage(service, damage);
        var reading = await market.Read();
        await market.Damage(service, mend);

        Assert.NotEmpty(reading.Offenders(Invariant.All.Single(one => one.Id == invariant)));
        Assert.Empty(Wrong(await market.Read()));
    }

    [Fact]
    public void Every_invariant_has_been_seen_failing() =>
        Assert.Empty(Invariant.All.Select(one => one.Id).Except(Damages.Select(one => one.Invariant)));

    [Fact]
    public async Task Holds_where_every_kind_of_purchase_came_to_its_end()
    {
        var reading = await market.Read();

        Assert.Empty(Wrong(reading));
        Assert.Equal("6 orders", reading.Totals.Count("orders"));
        Assert.Equal("3 charges", reading.Totals.Count("charges"));
        Assert.Equal(reading.Totals.Sum("debits"), reading.Totals.Sum("credits"));
    }

    [Fact]
    public async Task An_offender_that_came_right_by_the_next_reading_is_none()
    {
        await market.Damage("inventory", "UPDATE stock SET reserved = reserved + 1");
        var first = await market.Read();
        await market.Damage("inventory", "UPDATE stock SET reserved = reserved - 1");
        Assert.False(first.IsClean);

        first.KeepOnly(await market.Read());

        Assert.True(first.IsClean);
    }

    [Fact]
    public async Task Finds_what_the_journal_says_and_the_store_does_not()
    {
        var (lost, unpaid) = (market.NewId(), market.NewId());
        var journal = new Journal();
        journal.OrderAcknowledged(lost, market.Total);
        journal.OrderAcknowledged(market.Awaiting, market.Total with { Amount = 1 });
        journal.OrderAcknowledged(market.Paid, market.Total);
        journal.PaymentAcknowledged(market.Paid, market.PaymentOfPaid);
        journal.PaymentAcknowledged(market.Cancelled, unpaid);

        var offenders = (await market.Read(journal)).Offenders(Invariant.All[0]);

        Assert.Equal(["order " + lost, "order " + market.Awaiting, "order " + market.Cancelled], offenders.Select(one => one.Subject).OrderBy(one => one == "order " + lost ? 0 : one == "order " + market.Awaiting ? 1 : 2));
    }

    private static IEnumerable<string> Wrong(Reading reading) =>
        Invariant.All.SelectMany(one => reading.Offenders(one).Select(offender => $"{one.Id}: {offender.Subject}: {offender.What}"));
}
