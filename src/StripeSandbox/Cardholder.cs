using System.Security.Cryptography;
using System.Text;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>The page on which a cardholder says yes or no to a payment, as a bank's 3-D Secure page does. Its address holds
/// a secret that only the intent's <c>next_action</c> tells. Deciding twice changes nothing.</summary>
public static class Cardholder
{
    public static async Task<IResult> Ask(string id, string? secret, Database database, CancellationToken stop)
    {
        if (await database.Find<PaymentIntent>("SELECT * FROM payment_intents WHERE id = @id", new { id }, stop) is not { } intent || !Opens(intent, secret)) return Unknown();
        if (intent.Status != PaymentIntent.RequiresAction) return Decided(intent);
        var method = await database.Find<PaymentMethod>("SELECT * FROM payment_methods WHERE id = @PaymentMethod", new { intent.PaymentMethod }, stop);
        var session = await database.Find<CheckoutSession>("SELECT * FROM checkout_sessions WHERE payment_intent = @id", new { id }, stop);
        return new Page("Confirm your payment", Question(intent, method!), FormTarget: Page.OriginOf(session?.SuccessUrl ?? intent.ReturnUrl));
    }

    public static async Task<IResult> Decide(string id, string? secret, HttpRequest request, Sandbox sandbox)
    {
        if (!request.HasFormContentType) return Unknown();
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var decision = form["decision"].ToString();
        if (decision is not ("yes" or "no")) return Unknown();
        var (intent, session) = await sandbox.Write(null, change => Decide(change, id, secret, approved: decision == "yes"));
        if (intent is null) return Unknown();
        if (session is not null) return new SeeOther(session.Next);
        return intent.ReturnUrl is null ? Decided(intent) : new SeeOther(BackTo(intent));
    }

    /// <returns>The intent, with the session whose page made it; nothing for a stranger.</returns>
    private static async Task<(PaymentIntent? Intent, CheckoutSession? Session)> Decide(Change change, string id, string? secret, bool approved)
    {
        var session = await change.LockSessionOf(id);
        if (await change.LockIntent(id) is not { } intent || !Opens(intent, secret)) return (null, null);
        // A second click, or a page left open while the intent was canceled or paid otherwise.
        if (intent.Status != PaymentIntent.RequiresAction) return (intent, session);
        var (method, _) = await change.FindMethod(intent.PaymentMethod!);
        if (approved) await AttemptPayment.Run(change, intent, method!, new AttemptPayment.Terms(Authenticated: true));
        else await AttemptPayment.FailAuthentication(change, intent, method!);
        return (await change.LockIntent(id), await change.LockSessionOf(id));
    }

    private static bool Opens(PaymentIntent intent, string? secret) => intent.ActionSecret is { } expected && secret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));

    private static string Question(PaymentIntent intent, PaymentMethod method) => $"""
        <section class="card">
        <h1>Is this you?</h1>
        <p class="amount">{Page.Text(Currencies.Show(intent.Amount, intent.Currency))}</p>
        <dl>
        <dt>Shop</dt><dd>{Page.Text(intent.StatementDescriptor ?? "Stoa")}</dd>
        {(intent.Description is null ? "" : $"<dt>For</dt><dd>{Page.Text(intent.Description)}</dd>")}
        <dt>Card</dt><dd>{Page.Text(method.Test.BrandName)} ending in {Page.Text(method.Test.Last4)}</dd>
        </dl>
        <form method="post">
        <button name="decision" value="yes">Yes, pay</button>
        <button class="quiet" name="decision" value="no">No, do not pay</button>
        </form>
        <p class="note">Your bank would ask you here. This is a test card: choose what the cardholder does.</p>
        </section>
        """;

    private static Page Decided(PaymentIntent intent)
    {
        var (title, words) = RedirectStatus(intent) switch
        {
            "succeeded" => ("You said yes", "The payment went through."),
            "pending" => ("Not decided yet", "The payment is on its way."),
            _ => ("No payment was made", "Nothing was charged. You can go back and pay another way."),
        };
        var back = intent.ReturnUrl is null ? """<p class="note">You can close this window.</p>"""
            : $"""<p><a class="button" href="{Page.Text(BackTo(intent))}">Back to the shop</a></p>""";
        return new Page(title, $"""<section class="card"><h1>{title}</h1><p>{words}</p>{back}</section>""");
    }

    private static Page Unknown() => new("Nothing to confirm",
        """<section class="card"><h1>Nothing to confirm</h1><p>This address does not belong to an open payment. Go back to the shop and start the payment again; nothing was charged here.</p></section>""", 404);

    /// <summary>The return address with what Stripe adds to it (https://docs.stripe.com/payments/payment-intents/verifying-status).</summary>
    private static string BackTo(PaymentIntent intent)
    {
        var back = new UriBuilder(intent.ReturnUrl!);
        var query = back.Query.TrimStart('?');
        back.Query = (query.Length > 0 ? query + "&" : "")
            + $"payment_intent={intent.Id}&payment_intent_client_secret={intent.ClientSecret}&redirect_status={RedirectStatus(intent)}";
        return back.Uri.AbsoluteUri;
    }

    private static string RedirectStatus(PaymentIntent intent) => intent.Status switch
    {
        PaymentIntent.Succeeded => "succeeded",
        PaymentIntent.Processing or PaymentIntent.RequiresAction => "pending",
        _ => "failed",
    };
}
