namespace Stoa.Web;

/// <summary>What an order's states and ways to pay are called.</summary>
public static class OrderWords
{
    public static string Step(string status) => status switch
    {
        "placed" => "Placed",
        "awaiting_payment" => "Waiting for payment",
        "paid" => "Paid",
        "shipped" => "Shipped",
        "delivered" => "Delivered",
        "closing" => "Closing",
        "cancelled" => "Cancelled",
        "rejected" => "Not filled",
        "refunding" => "Being refunded",
        "refunded" => "Refunded",
        _ => status.Replace('_', ' '),
    };

    public static string Method(PaymentMethod? method) => method switch
    {
        { Type: "us_bank_account" } => $"Bank account{Ending(method)}",
        { Brand: { Length: > 0 } brand } => $"{char.ToUpperInvariant(brand[0])}{brand[1..]}{Ending(method)}",
        _ => "Card",
    };

    private static string Ending(PaymentMethod method) => method.Last4 is { } digits ? $" ending in {digits}" : "";
}
