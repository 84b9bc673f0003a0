using System.Text.RegularExpressions;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Pays an order: one attempt with one method, recorded before the provider hears of it, so that no crash can
/// lose it or charge twice (P7–P10).</summary>
public static partial class TakePayment
{
    /// <param name="Method">A payment method's id at the provider, or <c>checkout</c>: the buyer chooses and pays on the provider's own page.</param>
    /// <param name="ReturnUrl">Where the bank's page, or the provider's, leads back to: an address of this shop.</param>
    public sealed record Request(Guid? OrderId, string? Method, string? ReturnUrl);

    /// <summary>What the handler needs to take an attempt to its end.</summary>
    public sealed record Steps(OrdersClient Orders, OpenIntent Intent, SubmitAttempt Submit, ConfirmAttempt Confirm, CommittedWork Committed, Database Database);

    public static async Task<IResult> Handle(
        Request request, Buyer buyer, IdempotencyKey key, Steps steps, StoaOptions options, TimeProvider clock, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(steps);
        if (Check(request, options).Problem is { } invalid) return invalid;
        var hash = Idempotency.Hash(request);
        if (await Earlier() is { } earlier) return await Resume(earlier, steps, clock, stop);

        // Asked before the transaction: inside one nothing is awaited but the database (S3).
        if (await steps.Orders.Due(request.OrderId!.Value, stop) is not { } due || !buyer.Owns(due.BuyerId)) return Problem.NotFound("There is no such order.");
        if (PaymentRules.OfOrder(due.Status) is { } refusal) return await Refuse(refusal);

        var (intentId, refused) = await steps.Intent.For(due, request.Method!, ReturnUrl(request, options), stop);
        if (intentId is null) return await Refuse(refused!.Value);
        var submitted = await steps.Submit.Run(due, intentId, request.Method!, ReturnUrl(request, options), buyer, key, hash, stop);
        if (submitted.Earlier is { } twin) return await Resume(twin, steps, clock, stop);
        return submitted.Refusal is { } late ? PaymentAnswer.Of(late) : await Finish(submitted.Attempt!, steps);

        Task<EarlierRequest?> Earlier() => steps.Database.LookForEarlier(SettleAttempt.Scope, buyer, key, hash, stop);

        // What stands in the way may be what this very key did since we looked: a retry must hear of that, not of a stranger (I2).
        async Task<IResult> Refuse(PaymentRefusal why) => await Earlier() is { } own ? await Resume(own, steps, clock, stop) : PaymentAnswer.Of(why);
    }

    /// <summary>A retry resumes what its first request made (I2).</summary>
    private static async Task<IResult> Resume(EarlierRequest earlier, Steps steps, TimeProvider clock, CancellationToken stop)
    {
        if (!earlier.SameRequest) return Idempotency.Reused();
        if (earlier.Status is not null) return earlier.Replay();
        var attempt = (await Attempt.Find(steps.Database, earlier.ThingId, stop))!;
        if (attempt.Status == Attempt.Submitted && attempt.LeaseUntil > clock.GetUtcNow()) return Idempotency.InProgress();
        return Idempotency.Replayed(PaymentRules.MayHasten(attempt, clock.GetUtcNow()) && await Attempt.Claim(steps.Database, attempt, stop) is { } claimed
            ? await Finish(claimed, steps) : PaymentAnswer.Of(attempt));
    }

    /// <summary>The attempt is committed: from here it goes on without its caller, who gets its state at 4 s (P6).</summary>
    private static async Task<IResult> Finish(Attempt claimed, Steps steps)
    {
        var attempt = claimed;
        await steps.Committed.Run(async () => attempt = await steps.Confirm.Step(claimed));
        return PaymentAnswer.Of(attempt);
    }

    private static Validation Check(Request request, StoaOptions options) => new Validation()
        .Require(request.OrderId is { } id && id != Guid.Empty, "orderId", "must name an order")
        // The shape alone keeps a card number out of our database and logs.
        .Require(request.Method is not null && MethodShape().IsMatch(request.Method), "method", "must be a payment method's id at the provider, such as pm_card_visa, or checkout for the provider's own page")
        .Require(request.ReturnUrl is null || IsOurs(request.ReturnUrl, options), "returnUrl", "must be an address of this shop");

    /// <summary>The bank sends the buyer there: to any other origin it would be an open redirect.</summary>
    private static bool IsOurs(string url, StoaOptions options) =>
        url.Length <= 2000 && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var shop)
        && address.Scheme == shop.Scheme && address.Authority.Equals(shop.Authority, StringComparison.OrdinalIgnoreCase);

    private static string ReturnUrl(Request request, StoaOptions options) => request.ReturnUrl ?? $"{options.PublicUrl}/orders/{request.OrderId}";

    [GeneratedRegex(@"\A(pm_[A-Za-z0-9_]{1,100}|checkout)\z", RegexOptions.CultureInvariant)]
    private static partial Regex MethodShape();
}
