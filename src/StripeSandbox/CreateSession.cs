namespace Stoa.StripeSandbox;

/// <summary>Opens a page where somebody can pay for what it lists (https://docs.stripe.com/api/checkout/sessions/create).</summary>
public static class CreateSession
{
    private const int MostLines = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private sealed record Line(CheckoutLine? Bought, string? Currency);

    private sealed record Request(IReadOnlyList<Line> Lines, IReadOnlyList<string> Types, long? ExpiresAt, CheckoutSession Draft)
    {
        public string Currency => Lines.Count == 0 ? "" : Lines[0].Currency ?? "";

        public long Total => Lines.Sum(line => line.Bought is { } bought ? bought.Quantity * bought.UnitAmount : 0);
    }

    public static Task<IResult> Handle(StripeCall call, StripeCalls calls, SandboxOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var parameters = Parameters.Of(call, Expansion.Session);
        var request = Read(parameters);
        var refusal = parameters.Refusal ?? Check(request, clock.GetUtcNow());
        return calls.Change(call, parameters, refusal, change => Create(change, request, options));
    }

    private static Request Read(Parameters from)
    {
        from.OneOf("mode", "payment");
        from.OneOf("ui_mode", "hosted");
        // What a page looks like, and how it converts prices, is not played here.
        from.Ignore("adaptive_pricing", "locale", "submit_type");
        var lines = from.Objects("line_items").Select(ReadLine).ToList();
        var intent = from.Object("payment_intent_data");
        return new Request(lines, from.Texts("payment_method_types"), from.Integer("expires_at"), new CheckoutSession
        {
            Id = "",
            CreatedAt = default,
            Status = CheckoutSession.Open,
            Amount = 0,
            Currency = "",
            Lines = "",
            Url = "",
            SuccessUrl = from.Url("success_url", required: true) ?? "",
            CancelUrl = from.Url("cancel_url"),
            ClientReferenceId = from.Text("client_reference_id", longest: 200),
            CustomerEmail = from.Text("customer_email", longest: 800),
            Metadata = Stored(from),
            IntentMetadata = intent is null ? "{}" : Stored(intent),
            IntentDescription = intent?.Text("description", longest: 1000),
            ExpiresAt = default,
        });
    }

    private static Line ReadLine(Parameters line)
    {
        var quantity = line.Integer("quantity", required: true, least: 1, most: 999_999);
        var price = line.Object("price_data", required: true);
        var currency = price?.Text("currency", required: true)?.ToLowerInvariant();
        var unit = price?.Integer("unit_amount", required: true, least: 0, most: Currencies.LargestCharge);
        var product = price?.Object("product_data", required: true);
        product?.Ignore("description", "images");
        var name = product?.Text("name", required: true, longest: 250);
        return new Line(quantity is null || unit is null || name is null ? null : new CheckoutLine(name, quantity.Value, unit.Value), currency);
    }

    private static string Stored(Parameters from) => Json.Store(from.Metadata().Where(pair => pair.Value.Length > 0).ToDictionary());

    private static StripeError? Check(Request request, DateTimeOffset now)
    {
        if (request.Lines.Count == 0)
            return StripeError.Invalid("line_items", "parameter_missing", "Missing required param: line_items.");
        if (request.Lines.Count > MostLines)
            return StripeError.Invalid("line_items", null, $"You may pass at most {MostLines} line items.");
        if (!Currencies.Known(request.Currency) || request.Lines.Any(line => line.Currency != request.Currency))
            return StripeError.Invalid("line_items", null, "All line items must have one currency, which Stripe supports.");
        if (request.Types.FirstOrDefault(type => type != TestMethod.Card) is { } unplayable)
            return StripeError.Invalid("payment_method_types", null, $"The payment method type provided: {unplayable} is invalid: pages of this sandbox take cards alone.");
        if (request.ExpiresAt is { } seconds && DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 100_000_000_000)) is var end && (end - now < Shortest || end - now > Longest))
            return StripeError.Invalid("expires_at", null, $"The `expires_at` timestamp must be at least {Shortest.TotalMinutes} minutes and at most {Longest.TotalHours} hours from Checkout Session creation.");
        return Currencies.Refuses(request.Total, request.Currency) is { } refusal ? refusal with { Param = "line_items" } : null;
    }

    private static async Task<Answer> Create(Change change, Request request, SandboxOptions options)
    {
        var id = change.NewId("cs_test_", 58);
        var session = request.Draft with
        {
            Id = id,
            CreatedAt = change.Now,
            Amount = request.Total,
            Currency = request.Currency,
            Lines = Json.Store(request.Lines.Select(line => line.Bought)),
            Url = $"{options.PublicUrl}/sandbox/checkout/{id}",
            ExpiresAt = request.ExpiresAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : change.Now + Longest,
        };
        await change.Insert(session);
        return Answer.Ok(session.ToJson());
    }
}
