using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>One attempt at paying an intent: the bank's word, the charge that records it, the intent's new state and the
/// events about it, all in the caller's transaction. A charge and its intent change together or not at all.</summary>
public static class AttemptPayment
{
    /// <param name="OffSession">Nobody is there to authenticate.</param>
    /// <param name="ErrorOnAction">The caller cannot handle an authentication, and wants a refusal instead.</param>
    /// <param name="Authenticated">The cardholder has just said yes.</param>
    public sealed record Terms(string? ReturnUrl = null, bool OffSession = false, bool ErrorOnAction = false, bool Authenticated = false);

    public enum Verdict
    {
        Charge,
        Decline,
        AskCardholder,
        RefuseAction,
        Process,
    }

    /// <summary>What the bank says to this method under these terms.</summary>
    public static (Verdict Verdict, Decline? Decline) Decide(TestMethod method, Terms terms) => method.OnCharge switch
    {
        OnCharge.Succeed => (Verdict.Charge, null),
        OnCharge.Decline => (Verdict.Decline, method.Decline),
        OnCharge.Process or OnCharge.ProcessForever => (Verdict.Process, null),
        OnCharge.Authenticate when terms.Authenticated => method.Decline is null ? (Verdict.Charge, null) : (Verdict.Decline, method.Decline),
        OnCharge.Authenticate when terms.OffSession => (Verdict.Decline, Decline.AuthenticationRequired),
        OnCharge.Authenticate when terms.ErrorOnAction => (Verdict.RefuseAction, Decline.AuthenticationNotHandled),
        OnCharge.Authenticate => (Verdict.AskCardholder, null),
        _ => throw new InvalidOperationException($"{method.OnCharge} is not decided"),
    };

    /// <summary>Makes the attempt.</summary>
    /// <param name="intent">As read and locked in this change; it may be confirmed.</param>
    /// <returns>The intent after it, or a 402 that names it.</returns>
    public static async Task<Answer> Run(Change change, PaymentIntent intent, PaymentMethod method, Terms terms)
    {
        var (verdict, decline) = Decide(method.Test, terms);
        return verdict switch
        {
            Verdict.Charge => await Succeed(change, intent, method, terms),
            Verdict.Decline => await Fail(change, intent, method, decline!, terms),
            Verdict.AskCardholder => await AskFirst(change, intent, method, terms),
            Verdict.RefuseAction => await RefuseAction(change, intent, method, decline!),
            Verdict.Process => await Process(change, intent, method, terms),
            _ => throw new InvalidOperationException($"{verdict} is not handled"),
        };
    }

    private static async Task<Answer> Succeed(Change change, PaymentIntent intent, PaymentMethod method, Terms terms)
    {
        var charge = await change.Insert(NewCharge(change, intent, method, Charge.Succeeded, null, terms.Authenticated));
        var paid = await change.Update(intent, intent with
        {
            Status = PaymentIntent.Succeeded,
            AmountReceived = intent.Amount,
            PaymentMethod = method.Id,
            LatestCharge = charge.Id,
            LastPaymentError = null,
            NextAction = null,
            ReturnUrl = terms.ReturnUrl ?? intent.ReturnUrl,
        });
        await change.MarkUsed(method);
        await change.Tell("charge.succeeded", charge.ToJson());
        await change.Tell("payment_intent.succeeded", paid.ToJson());
        if (await change.LockSessionOf(paid.Id) is { } session)
            await change.Tell("checkout.session.completed", (await change.Update(session, session with { Status = CheckoutSession.Complete })).ToJson());
        return Answer.Ok(paid.ToJson());
    }

    private static async Task<Answer> Fail(Change change, PaymentIntent intent, PaymentMethod method, Decline decline, Terms terms)
    {
        var charge = await change.Insert(NewCharge(change, intent, method, Charge.Failed, decline, terms.Authenticated));
        var error = new StripeError(402, StripeError.CardError, decline.Message)
        {
            Code = decline.Code,
            Param = decline.Param,
            Decline = decline,
            Charge = charge.Id,
            PaymentMethod = method.ToJson(),
        };
        var open = await Reopen(change, intent, charge.Id, LastError(error, method), terms);
        await change.Tell("charge.failed", charge.ToJson());
        await change.Tell("payment_intent.payment_failed", open.ToJson());
        return error with { PaymentIntent = open.ToJson() };
    }

    private static async Task<Answer> AskFirst(Change change, PaymentIntent intent, PaymentMethod method, Terms terms)
    {
        var returnUrl = terms.ReturnUrl ?? intent.ReturnUrl;
        var secret = change.NewId("", 32);
        var waiting = await change.Update(intent, intent with
        {
            Status = PaymentIntent.RequiresAction,
            PaymentMethod = method.Id,
            ReturnUrl = returnUrl,
            ActionSecret = secret,
            NextAction = NextAction(change.AskPage(intent.Id, secret), returnUrl, method).ToJsonString(),
            LastPaymentError = null,
        });
        await change.Tell("payment_intent.requires_action", waiting.ToJson());
        return Answer.Ok(waiting.ToJson());
    }

    private static async Task<Answer> RefuseAction(Change change, PaymentIntent intent, PaymentMethod method, Decline decline)
    {
        var error = new StripeError(402, StripeError.CardError, decline.Message) { Code = decline.Code, Decline = decline, PaymentMethod = method.ToJson() };
        var open = await Reopen(change, intent, intent.LatestCharge, LastError(error, method), new Terms());
        await change.Tell("payment_intent.payment_failed", open.ToJson());
        return error with { PaymentIntent = open.ToJson() };
    }

    private static async Task<Answer> Process(Change change, PaymentIntent intent, PaymentMethod method, Terms terms)
    {
        var charge = NewCharge(change, intent, method, Charge.Pending, null, authenticated: false);
        if (method.Test.OnCharge == OnCharge.Process) charge = charge with { SettlesAt = change.SettlesAt };
        await change.Insert(charge);
        var processing = await change.Update(intent, intent with
        {
            Status = PaymentIntent.Processing,
            PaymentMethod = method.Id,
            LatestCharge = charge.Id,
            LastPaymentError = null,
            NextAction = null,
            ReturnUrl = terms.ReturnUrl ?? intent.ReturnUrl,
        });
        await change.MarkUsed(method);
        await change.Tell("charge.pending", charge.ToJson());
        await change.Tell("payment_intent.processing", processing.ToJson());
        return Answer.Ok(processing.ToJson());
    }

    /// <summary>The cardholder said no: nothing was charged, and the intent waits for another method.</summary>
    public static async Task<PaymentIntent> FailAuthentication(Change change, PaymentIntent intent, PaymentMethod method)
    {
        var error = new StripeError(402, StripeError.InvalidRequest,
            "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.")
        {
            Code = "payment_intent_authentication_failure",
        };
        var open = await Reopen(change, intent, intent.LatestCharge, LastError(error, method), new Terms());
        await change.Tell("payment_intent.payment_failed", open.ToJson());
        return open;
    }

    /// <summary>The bank's late answer to a debit (SettleLater).</summary>
    public static async Task Settle(Change change, PaymentIntent intent, Charge charge, PaymentMethod method)
    {
        if (method.Test.Decline is { } decline)
        {
            var failed = await change.Settle(charge, Charge.Failed, decline);
            var error = new StripeError(402, StripeError.InvalidRequest, decline.Message) { Code = "payment_intent_payment_attempt_failed", Charge = charge.Id };
            var open = await Reopen(change, intent, charge.Id, LastError(error, method), new Terms());
            await change.Tell("charge.failed", failed.ToJson());
            await change.Tell("payment_intent.payment_failed", open.ToJson());
            return;
        }
        var settled = await change.Settle(charge, Charge.Succeeded, null);
        var paid = await change.Update(intent, intent with { Status = PaymentIntent.Succeeded, AmountReceived = intent.Amount });
        await change.Tell("charge.succeeded", settled.ToJson());
        await change.Tell("payment_intent.succeeded", paid.ToJson());
    }

    /// <summary>Stripe takes the failed method off the intent; the next confirmation must bring one.</summary>
    private static Task<PaymentIntent> Reopen(Change change, PaymentIntent intent, string? chargeId, JsonObject error, Terms terms) =>
        change.Update(intent, intent with
        {
            Status = PaymentIntent.RequiresPaymentMethod,
            PaymentMethod = null,
            LatestCharge = chargeId,
            LastPaymentError = error.ToJsonString(),
            NextAction = null,
            ReturnUrl = terms.ReturnUrl ?? intent.ReturnUrl,
        });

    private static JsonObject LastError(StripeError error, PaymentMethod method)
    {
        var last = error.ToJson()["error"]!.DeepClone().AsObject();
        last["payment_method"] = method.ToJson();
        last["payment_method_type"] = method.Test.Type;
        return last;
    }

    private static JsonObject NextAction(string page, string? returnUrl, PaymentMethod method) => returnUrl is null
        // Without a way back, Stripe expects its script in the page to show the bank's.
        ? new JsonObject
        {
            ["type"] = "use_stripe_sdk",
            ["use_stripe_sdk"] = new JsonObject { ["type"] = "three_d_secure_redirect", ["stripe_js"] = page, ["source"] = method.Id },
        }
        : new JsonObject
        {
            ["redirect_to_url"] = new JsonObject { ["return_url"] = returnUrl, ["url"] = page },
            ["type"] = "redirect_to_url",
        };

    private static Charge NewCharge(Change change, PaymentIntent intent, PaymentMethod method, string status, Decline? decline, bool authenticated) => new()
    {
        Id = change.NewId(method.Test.Type == TestMethod.Card ? "ch_" : "py_"),
        CreatedAt = change.Now,
        PaymentIntent = intent.Id,
        PaymentMethod = method.Id,
        Status = status,
        Amount = intent.Amount,
        Currency = intent.Currency,
        Description = intent.Description,
        Metadata = intent.Metadata,
        ReceiptEmail = intent.ReceiptEmail,
        StatementDescriptor = intent.StatementDescriptor,
        StatementDescriptorSuffix = intent.StatementDescriptorSuffix,
        TransferGroup = intent.TransferGroup,
        PaymentMethodDetails = method.DetailsOfCharge(intent.Amount, status == Charge.Succeeded, authenticated).ToJsonString(),
        Outcome = Charge.OutcomeOf(decline, status == Charge.Pending).ToJsonString(),
        FailureCode = decline?.Code,
        FailureMessage = decline?.Message,
    };
}
