using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>A session's page, where somebody pays as on Stripe's. Instead of a card's number one of the test cards is chosen by name.
/// A decline leaves the page open for another; two clicks, or a page left open, pay once.</summary>
public static class HostedCheckout
{
    private static readonly (string Method, string Outcome)[] Offered =
    [
        ("pm_card_visa", "goes through"),
        ("pm_card_mastercard", "goes through"),
        ("pm_card_authenticationRequired", "the bank asks first (3-D Secure)"),
        ("pm_card_visa_chargeDeclined", "is declined"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "has not enough money on it"),
        ("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "the bank asks first, and has not enough money"),
    ];

    public static async Task<IResult> Show(string id, Database database, CancellationToken stop)
    {
        if (await database.Find<CheckoutSession>("SELECT * FROM checkout_sessions WHERE id = @id", new { id }, stop) is not { } session) return Unknown();
        if (session.Status != CheckoutSession.Open) return Ended(session);
        var intent = session.PaymentIntent is null ? null : await database.Find<PaymentIntent>("SELECT * FROM payment_intents WHERE id = @PaymentIntent", new { session.PaymentIntent }, stop);
        return new Page("Pay", Form(session, intent), FormTarget: Page.OriginOf(session.SuccessUrl));
    }

    public static async Task<IResult> Pay(string id, HttpRequest request, Sandbox sandbox)
    {
        if (!request.HasFormContentType) return Unknown();
        var chosen = (await request.ReadFormAsync(request.HttpContext.RequestAborted))["method"].ToString();
        if (TestMethods.Find(chosen) is not { Type: TestMethod.Card } method) return Unknown();
        return await sandbox.Write(null, change => Pay(change, id, method)) is { } next ? new SeeOther(next) : Unknown();
    }

    /// <returns>Where the visitor goes next; null when there is no such page.</returns>
    private static async Task<string?> Pay(Change change, string id, TestMethod chosen)
    {
        if (await change.LockSession(id) is not { } session) return null;
        if (session.Status != CheckoutSession.Open || await ExpireSession.Due(change, id)) return session.Next;
        var intent = session.PaymentIntent is { } made ? (await change.LockIntent(made))! : await MakeIntent(change, session);
        var (method, _) = await change.FindMethod(chosen.Id);
        await change.Keep(method!);
        await AttemptPayment.Run(change, intent, method!, new AttemptPayment.Terms(ReturnUrl: session.Url));
        var after = (await change.LockIntent(intent.Id))!;
        return after.Status == PaymentIntent.RequiresAction ? change.AskPage(after.Id, after.ActionSecret!) : (await change.LockSession(id))!.Next;
    }

    /// <summary>Stripe makes the intent only now, when somebody tries to pay.</summary>
    private static async Task<PaymentIntent> MakeIntent(Change change, CheckoutSession session)
    {
        var id = change.NewId("pi_");
        var intent = new PaymentIntent
        {
            Id = id,
            CreatedAt = change.Now,
            Status = PaymentIntent.RequiresPaymentMethod,
            Amount = session.Amount,
            Currency = session.Currency,
            ClientSecret = $"{id}_secret_{change.NewId("", 25)}",
            PaymentMethodTypes = Json.Store(new[] { TestMethod.Card }),
            Metadata = session.IntentMetadata,
            Description = session.IntentDescription,
        };
        await change.Insert(intent);
        await change.Update(session, session with { PaymentIntent = id });
        await change.Tell("payment_intent.created", intent.ToJson());
        return intent;
    }

    private static string Form(CheckoutSession session, PaymentIntent? intent) => $"""
        <section class="card">
        <h1>Pay</h1>
        <p class="amount">{Page.Text(Currencies.Show(session.Amount, session.Currency))}</p>
        <dl>{string.Concat(JsonSerializer.Deserialize<CheckoutLine[]>(session.Lines)!.Select(line => Line(line, session.Currency)))}</dl>
        {Failure(intent)}
        <form method="post">
        <fieldset>
        <legend>Card</legend>
        {string.Concat(Offered.Select((offer, at) => Choice(TestMethods.Find(offer.Method)!, offer.Outcome, chosen: at == 0)))}
        </fieldset>
        <button>Pay {Page.Text(Currencies.Show(session.Amount, session.Currency))}</button>
        </form>
        {(session.CancelUrl is null ? "" : $"""<p><a href="{Page.Text(session.CancelUrl)}">Back to the shop without paying</a></p>""")}
        <p class="note">On Stripe’s page a card is typed in here. These are test cards: choose one by what it does.</p>
        </section>
        """;

    private static string Line(CheckoutLine line, string currency) =>
        $"<dt>{Page.Text(line.Name)}{(line.Quantity > 1 ? $" × {line.Quantity}" : "")}</dt><dd>{Page.Text(Currencies.Show(line.Quantity * line.UnitAmount, currency))}</dd>";

    private static string Choice(TestMethod method, string outcome, bool chosen) => $"""
        <label><input type="radio" name="method" value="{method.Id}"{(chosen ? " checked" : "")} required><span>{Page.Text(method.BrandName)} ending in {method.Last4} <span class="muted">{outcome}</span></span></label>
        """;

    private static string Failure(PaymentIntent? intent) => Json.Parse(intent?.LastPaymentError)?["message"]?.GetValue<string>() is { } message
        ? $"""<p class="bad" role="alert">{Page.Text(message)} Nothing was charged: choose another card.</p>""" : "";

    private static Page Ended(CheckoutSession session) => session.Status == CheckoutSession.Complete
        ? new Page("Paid", $"""<section class="card"><h1>Paid</h1><p>The payment went through.</p><p><a class="button" href="{Page.Text(session.Next)}">Back to the shop</a></p></section>""")
        : new Page("This page has expired", $"""
            <section class="card"><h1>This page has expired</h1><p>Nothing can be paid here any more, and nothing was charged here.</p>
            {(session.CancelUrl is null ? "" : $"""<p><a class="button" href="{Page.Text(session.CancelUrl)}">Back to the shop</a></p>""")}</section>
            """);

    private static Page Unknown() => new("Nothing to pay",
        """<section class="card"><h1>Nothing to pay</h1><p>There is no such page. Go back to the shop and start the payment again; nothing was charged here.</p></section>""", 404);
}
