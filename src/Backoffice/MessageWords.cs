namespace Stoa.Backoffice;

/// <summary>What messages are called.</summary>
public static class MessageWords
{
    public static string Kind(string kind) => kind switch
    {
        "order_placed" => "Order placed",
        "order_paid" => "Order paid",
        "order_shipped" => "Order shipped",
        "refunded" => "Money given back",
        "password_reset" => "Link for a new password",
        "email_confirmation" => "Link to confirm an address",
        "staff_invitation" => "Invitation to the staff",
        "webhook_off" => "A webhook was switched off",
        _ => ChangeLog.Words(kind),
    };
}
