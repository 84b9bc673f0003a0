using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Notes which messages are to be written, in the transaction that moves the position in the source's log: none
/// is lost, none is noted twice.</summary>
public static class QueueMessages
{
    internal const string Placed = "order_placed";
    internal const string Paid = "order_paid";
    internal const string Shipped = "order_shipped";
    internal const string Refunded = "refunded";
    internal const string PasswordReset = "password_reset";
    internal const string EmailConfirmation = "email_confirmation";
    internal const string StaffInvitation = "staff_invitation";
    internal const string WebhookOff = "webhook_off";

    /// <summary>The kinds whose subject is an order.</summary>
    internal static readonly string[] AboutOrders = [Placed, Paid, Shipped];

    /// <summary>What Orders tells.</summary>
    public static void FromOrders(Subscription orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        orders.On<OrderAwaitingPayment>((happened, name, tx) => Note(tx, name.Trace, happened.OrderId, Placed))
            .On<OrderPaid>((happened, name, tx) => Note(tx, name.Trace, happened.OrderId, Paid))
            .On<OrderShipped>((happened, name, tx) => Note(tx, name.Trace, happened.OrderId, Shipped));
    }

    /// <summary>What Payments tells: each refund is a message of its own, with its amount.</summary>
    public static void FromPayments(Subscription payments)
    {
        ArgumentNullException.ThrowIfNull(payments);
        payments.On<PaymentRefunded>((happened, name, tx) => Note(tx, name.Trace, happened.RefundId, Refunded, Json.Write(happened)));
    }

    /// <summary>What Users tells.</summary>
    public static void FromUsers(Subscription users)
    {
        ArgumentNullException.ThrowIfNull(users);
        users.On<PasswordResetAsked>((happened, name, tx) => Note(tx, name.Trace, happened.LinkId, PasswordReset))
            .On<EmailConfirmationAsked>((happened, name, tx) => Note(tx, name.Trace, happened.LinkId, EmailConfirmation))
            .On<StaffInvited>((happened, name, tx) => Note(tx, name.Trace, happened.LinkId, StaffInvitation));
    }

    /// <summary>One message per subject and kind, so that a log read again names the same one (E5).</summary>
    internal static Task Note(Transaction tx, string? trace, Guid subjectId, string kind, string? facts = null) => tx.Execute("""
        INSERT INTO messages (subject_id, kind, facts, status, attempts, next_attempt_at, created_at, trace)
        VALUES (@subjectId, @kind, @facts, 'waiting', 0, @Now, @Now, @trace) ON CONFLICT DO NOTHING
        """, new { subjectId, kind, facts, tx.Now, trace });
}
