namespace Stoa.Contracts;

/// <summary>A variant as other services need it.</summary>
/// <param name="Sku">Unique in the store.</param>
/// <param name="Name">The product's name with the variant's options, as a cart shows it.</param>
/// <param name="Price">What one costs before shipping and tax.</param>
/// <param name="OpeningStock">How many lie on the shelf when Inventory first hears of the SKU; nothing later.</param>
public sealed record VariantForSale(string Sku, string Name, Money Price, int OpeningStock = 0);

/// <summary>A product was made or changed: its whole present state. Products keeps this log compacted to the
/// latest per product (E7).</summary>
/// <param name="ProductId">The product; also the subject.</param>
/// <param name="ProductVersion">Grows with each change, from 1.</param>
/// <param name="Slug">The product's name in addresses.</param>
/// <param name="Variants">All variants; one that is missing here is no longer for sale.</param>
public sealed record ProductChanged(Guid ProductId, long ProductVersion, string Slug, VariantForSale[] Variants) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "product.changed";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => ProductId.ToString();
}

/// <summary>A product left the catalogue; the last event of its subject, and kept (a tombstone, C1).</summary>
/// <param name="ProductId">The product; also the subject.</param>
/// <param name="ProductVersion">Greater than any version before.</param>
public sealed record ProductDeleted(Guid ProductId, long ProductVersion) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "product.deleted";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => ProductId.ToString();
}

/// <summary>A SKU came into stock or sold out (what is available rose above 0 or fell to it). Inventory keeps
/// this log compacted to the latest per SKU.</summary>
/// <param name="Sku">The SKU; also the subject.</param>
/// <param name="InStock">Whether at least one can be had now.</param>
public sealed record StockAvailabilityChanged(string Sku, bool InStock) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "stock.availability_changed";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => Sku;
}

/// <summary>A guest signed up or logged in: what the guest owned is the user's from now on (I4).</summary>
/// <param name="UserId">The user; also the subject.</param>
/// <param name="GuestId">The guest's id.</param>
public sealed record GuestLinked(Guid UserId, Guid GuestId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "user.guest_linked";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => UserId.ToString();
}

/// <summary>A user asked to be forgotten: every service erases the personal data it owns and keeps the figures.</summary>
/// <param name="UserId">The user; also the subject.</param>
public sealed record UserErased(Guid UserId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "user.erased";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => UserId.ToString();
}

/// <summary>Somebody asked for a link to choose a new password, for an address that may be nobody's: Notifications asks
/// Users what to mail, which may be nothing.</summary>
/// <param name="LinkId">The link that was asked for; also the subject.</param>
public sealed record PasswordResetAsked(Guid LinkId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "user.password_reset_asked";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => LinkId.ToString();
}

/// <summary>An account has an e-mail address that nobody has confirmed: Notifications asks Users what to mail.</summary>
/// <param name="LinkId">The link that was asked for; also the subject.</param>
public sealed record EmailConfirmationAsked(Guid LinkId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "user.email_confirmation_asked";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => LinkId.ToString();
}

/// <summary>Somebody was asked to be staff: Notifications asks Users what to mail.</summary>
/// <param name="LinkId">The link that lets them choose a password; also the subject.</param>
public sealed record StaffInvited(Guid LinkId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "user.staff_invited";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => LinkId.ToString();
}

/// <summary>A quantity of one SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">From 1.</param>
public sealed record SkuQuantity(string Sku, int Quantity);

/// <summary>Stock is held for the order and it can be paid.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="BuyerId">The user's or the guest's id.</param>
/// <param name="Total">What is due, shipping and tax included.</param>
/// <param name="PayBy">After this the order is closed unless a payment is under way.</param>
public sealed record OrderAwaitingPayment(Guid OrderId, Guid BuyerId, Money Total, DateTimeOffset PayBy) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.awaiting_payment";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The order is paid in full: Inventory takes the goods off the shelf, Carts removes them from the cart,
/// Notifications writes to the buyer.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="BuyerId">The user's or the guest's id.</param>
/// <param name="CartId">The cart that the order named, if it was its buyer's own (C2).</param>
/// <param name="Lines">What was bought, one line per SKU.</param>
/// <param name="Total">What was paid.</param>
public sealed record OrderPaid(Guid OrderId, Guid BuyerId, Guid? CartId, SkuQuantity[] Lines, Money Total) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.paid";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The order could not be taken: stock was short. Nothing is held.</summary>
/// <param name="OrderId">The order; also the subject.</param>
public sealed record OrderRejected(Guid OrderId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.rejected";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The order ended unpaid, by the buyer, by staff or by its pay-by time: Inventory releases its stock (P3, P4).</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="Reason"><c>buyer</c>, <c>staff</c> or <c>expired</c>.</param>
public sealed record OrderCancelled(Guid OrderId, string Reason) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.cancelled";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The order left the house.</summary>
/// <param name="OrderId">The order; also the subject.</param>
public sealed record OrderShipped(Guid OrderId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.shipped";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The order reached the buyer.</summary>
/// <param name="OrderId">The order; also the subject.</param>
public sealed record OrderDelivered(Guid OrderId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.delivered";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The whole amount of a paid order was given back.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="ReturnsStock">Whether Inventory puts the goods back: true unless they had been shipped (P13).</param>
public sealed record OrderRefunded(Guid OrderId, bool ReturnsStock) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "order.refunded";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>The provider took the money and the ledger holds it.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="PaymentId">The attempt that succeeded.</param>
/// <param name="Amount">What was taken.</param>
/// <param name="AfterClosure">True when the order had been closed before: it is being refunded in full (P11).</param>
public sealed record PaymentSucceeded(Guid OrderId, Guid PaymentId, Money Amount, bool AfterClosure) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "payment.succeeded";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>Money went back to the buyer and the ledger holds it.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="PaymentId">The payment that it came from.</param>
/// <param name="RefundId">The refund.</param>
/// <param name="Amount">This refund's amount.</param>
/// <param name="RefundedTotal">All refunds of the payment so far, this one included.</param>
/// <param name="Whole">Whether the whole payment has been given back.</param>
public sealed record PaymentRefunded(
    Guid OrderId, Guid PaymentId, Guid RefundId, Money Amount, Money RefundedTotal, bool Whole) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "payment.refunded";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}

/// <summary>A refund brought the buyer nothing: it was refused or failed, or it had gone through and came back. What it would
/// have given back is with us.</summary>
/// <param name="OrderId">The order; also the subject.</param>
/// <param name="PaymentId">The payment that it was of.</param>
/// <param name="RefundId">The refund.</param>
/// <param name="Amount">This refund's amount.</param>
/// <param name="RefundedTotal">What of the payment has gone back in all, without it.</param>
public sealed record PaymentRefundFailed(Guid OrderId, Guid PaymentId, Guid RefundId, Money Amount, Money RefundedTotal) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "payment.refund_failed";
    /// <inheritdoc/>
    public static int Version => 1;
    /// <inheritdoc/>
    public string About() => OrderId.ToString();
}
