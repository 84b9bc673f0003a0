using System.Globalization;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>What the test bank has seen lately, for whoever develops: payments, refunds and events. It only shows.</summary>
public static class ShowSandbox
{
    private const int Shown = 50;

    private sealed record Payment(
        string Id, DateTimeOffset CreatedAt, string Status, long Amount, long Refunded, string Currency, string? Description, string? TestId, string? Failure);

    private sealed record Delivery(string Id, DateTimeOffset CreatedAt, string Type, string Subject, DateTimeOffset? DeliverAt, int Deliveries);

    public static async Task<IResult> Handle(Database database, CancellationToken stop)
    {
        var payments = await database.Query<Payment>($"""
            SELECT i.id, i.created_at, i.status, i.amount, COALESCE(c.amount_refunded, 0) AS refunded, i.currency, i.description,
                   m.test_id, c.failure_message AS failure
            FROM payment_intents i
            LEFT JOIN charges c ON c.id = i.latest_charge
            LEFT JOIN payment_methods m ON m.id = COALESCE(i.payment_method, c.payment_method)
            ORDER BY i.created_at DESC, i.id DESC LIMIT {Shown}
            """, stop: stop);
        var events = await database.Query<Delivery>(
            $"SELECT id, created_at, type, subject, deliver_at, deliveries FROM events ORDER BY created_at DESC, ordinal DESC, id DESC LIMIT {Shown}", stop: stop);
        return new Page("Payments", $"""
            <h1>Payments</h1>
            <p>The last {Shown} payments that reached this sandbox. It plays Stripe for a store in development; its methods are Stripe’s own test methods.</p>
            {Table(["Time (UTC)", "Amount", "State", "Method", "For", "Intent"], payments.Select(Row), "No payment yet. Buy something in the shop, and it appears here.")}
            <h2>Events</h2>
            {Table(["Time (UTC)", "Event", "About", "Webhook"], events.Select(Row), "Nothing has happened yet.")}
            """);
    }

    private static string Table(string[] heads, IEnumerable<string> rows, string empty)
    {
        var body = string.Concat(rows);
        if (body.Length == 0) return $"""<p class="muted">{empty}</p>""";
        var head = string.Concat(heads.Select(name => $"<th scope=\"col\"{(name == "Amount" ? " class=\"figure\"" : "")}>{name}</th>"));
        return $"""<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>""";
    }

    private static string Row(Payment payment) => $"""
        <tr><td>{Time(payment.CreatedAt)}</td><td class="figure">{Page.Text(Currencies.Show(payment.Amount, payment.Currency))}</td>
        <td>{State(payment)}</td><td>{Page.Text(payment.TestId ?? "–")}</td><td>{Page.Text(payment.Description ?? "–")}</td><td><code>{Page.Text(payment.Id)}</code></td></tr>
        """;

    private static string State(Payment payment) => payment.Status switch
    {
        PaymentIntent.Succeeded when payment.Refunded == payment.Amount => """<span class="muted">↩ refunded</span>""",
        PaymentIntent.Succeeded when payment.Refunded > 0 => $"""<span class="good">✓ succeeded</span> <span class="muted">({Page.Text(Currencies.Show(payment.Refunded, payment.Currency))} refunded)</span>""",
        PaymentIntent.Succeeded => """<span class="good">✓ succeeded</span>""",
        PaymentIntent.RequiresPaymentMethod when payment.Failure is not null => $"""<span class="bad">✕ {Page.Text(payment.Failure)}</span>""",
        PaymentIntent.Canceled => """<span class="muted">– canceled</span>""",
        var open => $"""<span class="muted">… {Page.Text(open.Replace('_', ' '))}</span>""",
    };

    private static string Row(Delivery happened) => $"""
        <tr><td>{Time(happened.CreatedAt)}</td><td>{Page.Text(happened.Type)}</td><td><code>{Page.Text(happened.Subject)}</code></td>
        <td>{(happened.DeliverAt is null ? happened.Deliveries == 0 ? "–" : "✓ done" : happened.Deliveries == 0 ? "… waiting" : $"… tried {happened.Deliveries}×")}</td></tr>
        """;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);
}
