namespace Stoa.StripeSandbox;

/// <summary>Why a bank said no, in the codes of Stripe's test cards
/// (https://docs.stripe.com/testing#declined-payments, https://docs.stripe.com/declines/codes).</summary>
/// <param name="Code">The error's code: <c>card_declined</c> for most, a code of its own for a few.</param>
/// <param name="DeclineCode">What the issuer said; null where Stripe gives none.</param>
/// <param name="Message">What a shopper may read.</param>
/// <param name="Param">The field of the card at fault, if one is.</param>
/// <param name="AdviceCode">What to do next, for merchants.</param>
/// <param name="NetworkDeclineCode">The network's own code; null where it did not come so far.</param>
public sealed record Decline(
    string Code, string? DeclineCode, string Message, string? Param = null, string? AdviceCode = null, string? NetworkDeclineCode = null)
{
    public static readonly Decline Generic =
        new("card_declined", "generic_decline", "Your card was declined.", null, "try_again_later", "01");

    public static readonly Decline InsufficientFunds =
        new("card_declined", "insufficient_funds", "Your card has insufficient funds.", null, "try_again_later", "51");

    public static readonly Decline LostCard =
        new("card_declined", "lost_card", "Your card was declined.", null, "do_not_try_again", "41");

    public static readonly Decline StolenCard =
        new("card_declined", "stolen_card", "Your card was declined.", null, "do_not_try_again", "43");

    public static readonly Decline ExpiredCard =
        new("expired_card", "expired_card", "Your card has expired.", "exp_month", "confirm_card_data", "54");

    public static readonly Decline IncorrectCvc =
        new("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.", "cvc", "confirm_card_data", "82");

    public static readonly Decline ProcessingError =
        new("processing_error", "processing_error", "An error occurred while processing your card. Try again in a little bit.", null, "try_again_later");

    public static readonly Decline VelocityExceeded =
        new("card_declined", "card_velocity_exceeded", "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.", null, "try_again_later");

    public static readonly Decline Fraudulent =
        new("card_declined", "fraudulent", "Your card was declined.");

    public static readonly Decline AuthenticationRequired =
        new("authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication.");

    public static readonly Decline AuthenticationNotHandled =
        new("authentication_required", "authentication_not_handled", "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.");

    /// <summary>A bank debit that came back: the charge says why, the intent says that the attempt failed.</summary>
    public static Decline OfDebit(string failureCode, string message) => new(failureCode, null, message);
}
