using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What POST /api/payments says of an attempt: now, at a replay, and as the stored final answer (I1).</summary>
public static class PaymentAnswer
{
    /// <summary>The answer to the attempt's present state.</summary>
    public static IResult Of(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempt.Status switch
        {
            Attempt.Succeeded when attempt.AfterClosure => TooLate(attempt),
            Attempt.Succeeded => TypedResults.Created($"/api/payments/{attempt.Id}", attempt.View()),
            Attempt.Declined or Attempt.Cancelled => Declined(attempt),
            _ => TypedResults.Accepted($"/api/payments/{attempt.Id}", attempt.View()),
        };
    }

    /// <summary>The same of an attempt that has ended, as status and body.</summary>
    public static (int Status, object Body) Final(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempt.Status switch
        {
            Attempt.Succeeded when !attempt.AfterClosure => (201, attempt.View()),
            Attempt.Succeeded => (409, TooLate(attempt).ProblemDetails),
            _ => (402, Declined(attempt).ProblemDetails),
        };
    }

    /// <summary>The refusals of a payment that was never recorded; their keys stay free (I3).</summary>
    public static IResult Of(PaymentRefusal refusal) => refusal switch
    {
        PaymentRefusal.OrderNotReady => Problem.Of(409, "order_not_ready", "The order is still being confirmed. Pay it when it awaits payment."),
        PaymentRefusal.OrderClosed => Problem.Of(409, "order_closed", "The order was closed and can no longer be paid."),
        PaymentRefusal.OrderAlreadyPaid => Problem.Of(409, "order_already_paid", "The order is paid."),
        PaymentRefusal.PaymentInFlight => Problem.Of(409, "payment_in_flight", "A payment of this order is still being decided. Wait for it before you pay again."),
        _ => throw new BrokenRuleException($"a refusal without words: {refusal}"),
    };

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Declined(Attempt attempt) => Problem.Of(402, "payment_declined",
        attempt.Status == Attempt.Cancelled
            ? "This payment was called off before anything was taken. Pay again with another key."
            : "The payment was declined. Pay again with another method and another key.",
        new { declineCode = attempt.DeclineCode ?? "canceled", paymentId = attempt.Id });

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult TooLate(Attempt attempt) => Problem.Of(409, "order_closed",
        "The order was closed before the payment came through. All of it is on its way back to you.", new { paymentId = attempt.Id });
}
