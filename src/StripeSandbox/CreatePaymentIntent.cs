namespace Stoa.StripeSandbox;

/// <summary>Opens a payment of one amount, and attempts it at once when asked to (https://docs.stripe.com/api/payment_intents/create).</summary>
public static class CreatePaymentIntent
{
    private sealed record Request(
        long Amount, string Currency, bool Confirm, string? Method, IReadOnlyList<string> Types, string? AllowRedirects,
        AttemptPayment.Terms Terms, PaymentIntent Draft);

    public static Task<IResult> Handle(StripeCall call, StripeCalls calls)
    {
        var parameters = Parameters.Of(call, Expansion.Intent);
        var request = Read(parameters);
        var refusal = parameters.Refusal ?? Check(request, parameters);
        return calls.Change(call, parameters, refusal, change => Create(change, request));
    }

    private static Request Read(Parameters from)
    {
        var automatic = from.Object("automatic_payment_methods");
        var enabled = automatic?.Boolean("enabled");
        var redirects = automatic?.OneOf("allow_redirects", "always", "never") ?? "always";
        var types = from.Texts("payment_method_types");
        // One charge at once is all the store needs: holding an amount and capturing it later is not played here.
        from.OneOf("capture_method", "automatic", "automatic_async");
        from.OneOf("confirmation_method", "automatic");
        // A debit's mandate is taken as given: the test accounts are verified accounts.
        from.Ignore("mandate_data", "payment_method_options", "use_stripe_sdk");
        return new Request(
            from.Integer("amount", required: true) ?? 0,
            from.Text("currency", required: true)?.ToLowerInvariant() ?? "",
            from.Boolean("confirm") ?? false,
            from.Text("payment_method"),
            types,
            enabled ?? types.Count == 0 ? redirects : null,
            new AttemptPayment.Terms(from.Url("return_url"), from.Boolean("off_session") ?? false, from.Boolean("error_on_requires_action") ?? false),
            Draft(from));
    }

    private static PaymentIntent Draft(Parameters from) => new()
    {
        Id = "",
        ClientSecret = "",
        CreatedAt = default,
        Status = PaymentIntent.RequiresPaymentMethod,
        Amount = 0,
        Currency = "",
        PaymentMethodTypes = "",
        Metadata = Json.Store(from.Metadata().Where(pair => pair.Value.Length > 0).ToDictionary()),
        Description = from.Text("description", longest: 1000),
        ReceiptEmail = from.Text("receipt_email", longest: 800),
        StatementDescriptor = from.Text("statement_descriptor", longest: 22),
        StatementDescriptorSuffix = from.Text("statement_descriptor_suffix", longest: 22),
        SetupFutureUsage = from.OneOf("setup_future_usage", "off_session", "on_session"),
        TransferGroup = from.Text("transfer_group"),
    };

    private static StripeError? Check(Request request, Parameters from)
    {
        if (!Currencies.Known(request.Currency))
            return StripeError.Invalid("currency", null, $"Invalid currency: {request.Currency}. Stripe currently supports these currencies: {Currencies.All}");
        if (Currencies.Refuses(request.Amount, request.Currency) is { } refusal) return refusal;
        if (from.Has("automatic_payment_methods") && request.AllowRedirects is not null && request.Types.Count > 0)
            return StripeError.Invalid("payment_method_types", null, "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.");
        if (request.Types.FirstOrDefault(type => !Playable(type, request.Currency)) is { } unplayable)
            return StripeError.Invalid("payment_method_types", null, $"The payment method type \"{unplayable}\" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.");
        if (!request.Confirm && OnlyWithConfirm.FirstOrDefault(from.Has) is { } parameter)
            return StripeError.Invalid(parameter, null, $"The parameter `{parameter}` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.");
        return null;
    }

    private static readonly string[] OnlyWithConfirm = ["return_url", "off_session", "error_on_requires_action"];

    private static bool Playable(string type, string currency) =>
        type == TestMethod.Card || (type == TestMethod.BankAccount && currency == "usd");

    private static async Task<Answer> Create(Change change, Request request)
    {
        var types = request.Types.Count > 0 ? request.Types
            : new[] { TestMethod.Card, TestMethod.BankAccount }.Where(type => Playable(type, request.Currency)).ToList();
        var id = change.NewId("pi_");
        var intent = request.Draft with
        {
            Id = id,
            CreatedAt = change.Now,
            Amount = request.Amount,
            Currency = request.Currency,
            ClientSecret = $"{id}_secret_{change.NewId("", 25)}",
            PaymentMethodTypes = Json.Store(types),
            AllowRedirects = request.AllowRedirects,
        };

        var (method, missing) = request.Method is null ? (null, null) : await change.FindMethod(request.Method);
        if ((missing ?? method?.RefusesUse() ?? (method is null ? null : intent.RefusesType(method.Test.Type))) is { } refusal) return refusal;
        if (request.Confirm && (intent.RefusesConfirmation(method?.Id) ?? intent.RefusesWithoutReturn(request.Terms.ReturnUrl)) is { } unconfirmed) return unconfirmed with { PaymentIntent = null };

        if (method is not null)
        {
            await change.Keep(method);
            intent = intent with { PaymentMethod = method.Id, Status = PaymentIntent.RequiresConfirmation };
        }
        await change.Insert(intent);
        await change.Tell("payment_intent.created", intent.ToJson());
        return request.Confirm ? await AttemptPayment.Run(change, intent, method!, request.Terms) : Answer.Ok(intent.ToJson());
    }
}
