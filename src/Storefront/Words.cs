namespace Stoa.Storefront;

/// <summary>What shoppers read about states and refusals.</summary>
public static class Words
{
    /// <returns>A heading, and a sentence that is HTML.</returns>
    public static (string Title, string Text) State(Order order, bool underWay) => order.Status switch
    {
        "placed" => (Texts.StatePlaced, Texts.StatePlacedText),
        "awaiting_payment" when underWay => (Texts.StatePaying, Texts.StatePayingText),
        "awaiting_payment" => (Texts.StateAwaitingPayment, order.PayBy is { } by ? Texts.StateAwaitingPaymentUntil.Html(Times.Exact(by), Times.Time(by)).Value : Texts.StateAwaitingPaymentText),
        "paid" => (Texts.StatePaid, Texts.StatePaidText),
        "shipped" => (Texts.StateShipped, Texts.StateShippedText),
        "delivered" => (Texts.StateDelivered, Texts.StateDeliveredText),
        "closing" => (Texts.StateClosing, Texts.StateClosingText),
        "cancelled" => (Texts.StateCancelled, Texts.StateCancelledText),
        "rejected" => (Texts.StateRejected, Texts.StateRejectedText),
        "refunding" => (Texts.StateRefunding, Texts.StateRefundingText),
        "refunded" => (Texts.StateRefunded, Texts.StateRefundedText),
        _ => (Texts.StateUnknown, ""),
    };

    /// <summary>A decline in the shopper's words. Banks do not want fraud named, so those codes read like any other.</summary>
    public static string Declined(string? code) => code switch
    {
        "insufficient_funds" => Texts.DeclinedNoMoney,
        "expired_card" => Texts.DeclinedExpired,
        "incorrect_cvc" => Texts.DeclinedSecurityCode,
        "authentication_required" or "payment_intent_authentication_failure" => Texts.DeclinedNotYou,
        "processing_error" => Texts.DeclinedBankFault,
        _ => Texts.DeclinedNoReason,
    };
}
