namespace Stoa.Storefront;

/// <summary>What shoppers read about states and refusals.</summary>
public static class Words
{
    public static (string Title, string Text) State(Order order, bool underWay) => order.Status switch
    {
        "placed" => ("We are confirming your order", "It is written down, and we are setting the goods aside. This page goes on by itself."),
        "awaiting_payment" when underWay => ("Your payment is on its way", "Your bank is working on it. Nothing more to do; this page goes on by itself."),
        "awaiting_payment" => ("Waiting for your payment", order.PayBy is { } by ? $"The goods are set aside for you until {Times.Time(by)}." : "The goods are set aside for you."),
        "paid" => ("Thank you, it is yours", "Your order is paid, and a letter about it is on its way to you. We pack it now."),
        "shipped" => ("It is on its way", "Your parcel has left the house."),
        "delivered" => ("It has arrived", "We hope that it pleases you for a long time."),
        "closing" => ("We are closing your order", "One moment: we make sure that no payment is under way. This page goes on by itself."),
        "cancelled" => ("Cancelled", "This order was cancelled. Nothing was charged."),
        "rejected" => ("It could not be filled", "There was not enough left of something in it. Nothing was charged."),
        "refunding" => ("Your money is on its way back", "This order was called off, and all that you paid goes back to where it came from. Banks take a few days."),
        "refunded" => ("Refunded", "The whole amount goes back to where it came from; banks take a few days."),
        _ => ("Your order", ""),
    };

    /// <summary>A decline in the shopper's words. Banks do not want fraud named, so those codes read like any other.</summary>
    public static string Declined(string? code) => code switch
    {
        "insufficient_funds" => "There is not enough money on the card.",
        "expired_card" => "The card has expired.",
        "incorrect_cvc" => "The security code was wrong.",
        "authentication_required" or "payment_intent_authentication_failure" => "Your bank could not make sure that it was you.",
        "processing_error" => "The bank had a fault; it may work in a moment.",
        _ => "Your bank said no and gave no reason.",
    };
}
