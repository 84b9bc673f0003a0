namespace Stoa.Web;

/// <summary>What an order's states and ways to pay are called.</summary>
public static class OrderWords
{
    public static string Step(string status) => status switch
    {
        "placed" => Texts.StepPlaced,
        "awaiting_payment" => Texts.StepAwaitingPayment,
        "paid" => Texts.StepPaid,
        "shipped" => Texts.StepShipped,
        "delivered" => Texts.StepDelivered,
        "closing" => Texts.StepClosing,
        "cancelled" => Texts.StepCancelled,
        "rejected" => Texts.StepRejected,
        "refunding" => Texts.StepRefunding,
        "refunded" => Texts.StepRefunded,
        _ => status.Replace('_', ' '),
    };

    public static string Method(PaymentMethod? method) => method switch
    {
        { Type: "us_bank_account" } => Ending(Texts.BankAccount, method),
        { Brand: { Length: > 0 } brand } => Ending($"{char.ToUpperInvariant(brand[0])}{brand[1..]}", method),
        _ => Texts.Card,
    };

    private static string Ending(string name, PaymentMethod method) => method.Last4 is { } digits ? Texts.MethodEnding.With(name, digits) : name;
}
