namespace Stoa.Contracts;

// What services ask each other under /internal, by the service that answers.

/// <summary>Inventory, <c>PUT /internal/reservations/{orderId}</c>: hold all of these or none (P3).</summary>
/// <param name="Lines">From 1 to 100 lines; lines of one SKU are summed.</param>
public sealed record ReservationRequest(SkuQuantity[] Lines);

/// <summary>Inventory's decision on an order, the same at every repetition (P3).</summary>
/// <param name="Decision">One of <see cref="Reserved"/>, <see cref="Refused"/>, <see cref="Released"/>, <see cref="Sold"/>.</param>
/// <param name="Shortages">When refused: the lines at fault, as they were at the decision; else empty.</param>
public sealed record Reservation(string Decision, Shortage[] Shortages)
{
    /// <summary>The stock is held for the order.</summary>
    public const string Reserved = "reserved";
    /// <summary>At least one line could not be held; nothing is.</summary>
    public const string Refused = "refused";
    /// <summary>The order ended before or after it held stock; it never will.</summary>
    public const string Released = "released";
    /// <summary>The order was paid and its goods are off the shelf.</summary>
    public const string Sold = "sold";
}

/// <summary>Inventory, <c>PUT /internal/stock</c> (a question, too long for an address): what can be had of these.</summary>
/// <param name="Skus">Those that Inventory has not heard of are left out of the answer.</param>
public sealed record StockQuestion(string[] Skus);

/// <summary>What can be had of a SKU: what is on hand, less what is held for orders.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Available">From 0.</param>
public sealed record AvailableStock(string Sku, long Available);

/// <summary>A line that could not be had.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Requested">How many the order asked for.</param>
/// <param name="Available">How many there were.</param>
public sealed record Shortage(string Sku, int Requested, int Available);

/// <summary>Orders, <c>GET /internal/orders/{id}/due</c>: what Payments may take.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="BuyerId">Who may pay it: a user's or a guest's id.</param>
/// <param name="Number">The order's number as people read it; goes into the provider's description.</param>
/// <param name="Status">The order's state, as in the public API.</param>
/// <param name="Total">What is due.</param>
/// <param name="PayBy">Null until it can be paid.</param>
public sealed record AmountDue(Guid OrderId, Guid BuyerId, string Number, string Status, Money Total, DateTimeOffset? PayBy);

/// <summary>Orders, <c>GET /internal/orders/messages?id=…&amp;id=…</c>: what a mail about the order says. An order that there is
/// not has none.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">The number that people read.</param>
/// <param name="BuyerId">The user's or guest's id: when <paramref name="Email"/> is null, Users knows the address.</param>
/// <param name="Email">The address given with the order; null when none was, or when it has been erased.</param>
/// <param name="Name">To whom the goods go; null once erased.</param>
/// <param name="Status">The order's state.</param>
/// <param name="Lines">What was bought.</param>
/// <param name="Subtotal">The lines.</param>
/// <param name="Shipping">Shipping.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Total">All of it.</param>
/// <param name="Address">Where the goods go, a line each; empty once erased.</param>
/// <param name="Language">In which language the buyer ordered; two or three letters.</param>
/// <param name="PayBy">Until when it waits for its payment; null unless it does.</param>
/// <param name="Carrier">Who carries it, once it is shipped.</param>
/// <param name="TrackingNumber">The carrier's number for it.</param>
/// <param name="LinkToken">Shows the order to whoever has it, without a session; null where the mail goes to an account's address.</param>
public sealed record OrderMessage(
    Guid OrderId, string Number, Guid BuyerId, string? Email, string? Name, string Status, OrderMessageLine[] Lines,
    Money Subtotal, Money Shipping, Money Tax, Money Total, string[] Address, string Language,
    DateTimeOffset? PayBy, string? Carrier, string? TrackingNumber, string? LinkToken)
{
    /// <summary>How many may be asked for at once.</summary>
    public const int MostAtOnce = 50;
}

/// <summary>A line of an order as a mail shows it.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">The name when it was ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="LineTotal">Price times quantity.</param>
public sealed record OrderMessageLine(string Sku, string Name, int Quantity, Money LineTotal);

/// <summary>Payments, <c>PUT /internal/orders/{orderId}/closure</c>: the arbiter's answer (P8). Asking again gives
/// the present answer; a closure is never undone.</summary>
/// <param name="State">One of <see cref="Closed"/>, <see cref="Paid"/>, <see cref="InFlight"/>.</param>
public sealed record Closure(string State)
{
    /// <summary>No payment exists or will; the order may be cancelled.</summary>
    public const string Closed = "closed";
    /// <summary>The order is paid; it cannot be closed.</summary>
    public const string Paid = "paid";
    /// <summary>A payment's outcome is open; ask again later.</summary>
    public const string InFlight = "in_flight";
}

/// <summary>Names a refund of an order: Payments, <c>PUT /internal/orders/{orderId}/refund</c>: give back all that is left of the
/// order's payment, once for this id; Orders, <c>PUT /internal/orders/{id}/refund-hold</c>: all of it is about to go back (P13).</summary>
/// <param name="RefundId">The refund's id: whoever begins it makes it.</param>
public sealed record RefundRequest(Guid RefundId);

/// <summary>Payments, <c>PUT</c> and <c>GET /internal/orders/{orderId}/refund</c>: how much of an order's payment has gone back.</summary>
/// <param name="State">One of <see cref="Refunded"/>, <see cref="UnderWay"/>, <see cref="Open"/>.</param>
public sealed record RefundProgress(string State)
{
    /// <summary>All of it.</summary>
    public const string Refunded = "refunded";
    /// <summary>All of it has gone back or is on its way.</summary>
    public const string UnderWay = "under_way";
    /// <summary>Some of it is with us, and no refund under way takes it.</summary>
    public const string Open = "open";
}

/// <summary>Orders' answer to a refund of all of an order's payment that is about to go out (P13): from here on the order does
/// not ship, or it had shipped. 409 <c>wrong_status</c>: Orders has not heard of the payment yet.</summary>
/// <param name="Status">The order's state now.</param>
public sealed record RefundHold(string Status);

/// <summary>Payments, <c>GET /internal/orders/{orderId}/payments</c>, and a payment in the public API.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">What was to be taken.</param>
/// <param name="Status"><c>succeeded</c>, <c>processing</c>, <c>requires_action</c>, <c>declined</c> or <c>cancelled</c>;
/// an attempt whose outcome is not known yet reads <c>processing</c>.</param>
/// <param name="Method">What paid, as far as the provider told.</param>
/// <param name="NextActionUrl">Where the buyer goes when the status is <c>requires_action</c>.</param>
/// <param name="DeclineCode">The provider's code when the status is <c>declined</c>.</param>
/// <param name="Refunded">What has been given back.</param>
/// <param name="CreatedAt">When the attempt was made.</param>
public sealed record PaymentView(
    Guid Id, Guid OrderId, Money Amount, string Status, PaymentMethodView? Method, string? NextActionUrl,
    string? DeclineCode, Money Refunded, DateTimeOffset CreatedAt)
{
    /// <summary>The status of one that took the money.</summary>
    public const string Succeeded = "succeeded";
}

/// <summary>What may be shown of a payment method; never a card number.</summary>
/// <param name="Type">The provider's type, such as <c>card</c> or <c>us_bank_account</c>.</param>
/// <param name="Brand">The card's brand or the bank's name.</param>
/// <param name="Last4">The last four digits as the provider tells them.</param>
public sealed record PaymentMethodView(string Type, string? Brand, string? Last4);

/// <summary>Users, <c>GET /internal/users/{id}</c>: whom to write to. 404 once erased.</summary>
/// <param name="Id">The user.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The address.</param>
public sealed record Person(Guid Id, string Name, string Email);

/// <summary>Users, <c>POST /internal/mailed-links/{id}/token</c>: what to mail for a link that was asked for. Each asking
/// makes another token, good for an hour, so that none is stored in plain and a mail that is sent again works too. 404 when
/// there is nothing to mail: nobody has the address, a newer link replaced this one, or it was asked for too long ago.
/// <c>GET /internal/mailed-links/{id}</c> answers the same with an empty token, and makes none.</summary>
/// <param name="Email">To whom.</param>
/// <param name="Name">The name.</param>
/// <param name="Language">In which language; two or three letters.</param>
/// <param name="Token">What proves that the mail was read. To nobody but the mail.</param>
public sealed record MailedLink(string Email, string Name, string Language, string Token);

/// <summary>Products, <c>POST /internal/products/confirmations</c> with up to <see cref="Most"/> of these: answers the slugs
/// of those that are still as their tag says, and nothing of the others, which have changed or are gone.</summary>
/// <param name="Slug">The product's.</param>
/// <param name="Tag">The ETag that it was read with.</param>
public sealed record HeldProduct(string Slug, string Tag)
{
    /// <summary>In one call.</summary>
    public const int Most = 500;
}
