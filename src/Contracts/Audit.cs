namespace Stoa.Contracts;

// What services tell an audit of themselves, under /internal/audit: figures and states, never who bought (E8). Lists come
// in pages in the order of their keys, so that an audit holds a few pages at a time and not the store.

/// <summary>Some facts, in the order of their keys.</summary>
/// <typeparam name="T">The kind of fact.</typeparam>
/// <param name="Items">From 0 to 500.</param>
/// <param name="Next">The key after which the next page begins (<c>?after=</c>); null when this was the last.</param>
public sealed record AuditPage<T>(T[] Items, string? Next);

/// <summary>Orders, <c>GET /internal/audit/orders</c>: an order as its owner has it.</summary>
/// <param name="OrderId">The order; the key.</param>
/// <param name="Status">Its state.</param>
/// <param name="Total">What is or was due.</param>
/// <param name="Lines">What was ordered, one line per SKU.</param>
/// <param name="CartId">The cart that the order named, if any.</param>
/// <param name="IsOverdue">Whether it awaits its payment after its pay-by time.</param>
/// <param name="History">The states that it entered, oldest first.</param>
/// <param name="Keys">How many idempotency records name it; null once it is so old that they are being forgotten.</param>
/// <param name="Events">The types of the events about it in the log of Orders.</param>
public sealed record OrderFacts(
    Guid OrderId, string Status, Money Total, SkuQuantity[] Lines, Guid? CartId, bool IsOverdue, string[] History, int? Keys, string[] Events);

/// <summary>Payments, <c>GET /internal/audit/payments</c>: what Payments holds of an order.</summary>
/// <param name="OrderId">The order; the key.</param>
/// <param name="IsClosed">Whether it is closed to payments (P8).</param>
/// <param name="Attempts">All attempts at paying it.</param>
/// <param name="Refunds">All refunds.</param>
/// <param name="Entries">The ledger's entries about it.</param>
/// <param name="Events">The types of the events about it in the log of Payments.</param>
public sealed record PaymentFacts(
    Guid OrderId, bool IsClosed, AttemptFacts[] Attempts, RefundFacts[] Refunds, EntryFacts[] Entries, string[] Events);

/// <summary>An attempt at paying.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Status">Its state, <c>submitted</c> among them.</param>
/// <param name="Amount">What was to be taken.</param>
/// <param name="AfterClosure">Whether it succeeded after the order's closure (P11).</param>
public sealed record AttemptFacts(Guid Id, string Status, Money Amount, bool AfterClosure);

/// <summary>A refund.</summary>
/// <param name="Id">The refund.</param>
/// <param name="AttemptId">The payment that it comes from.</param>
/// <param name="Status">Its state.</param>
/// <param name="Amount">What goes back.</param>
public sealed record RefundFacts(Guid Id, Guid AttemptId, string Status, Money Amount);

/// <summary>A journal entry of the ledger with its postings.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Kind"><c>charge</c>, <c>refund</c> or <c>refund_returned</c>.</param>
/// <param name="ThingId">The attempt or refund that it books.</param>
/// <param name="Postings">Its sides.</param>
public sealed record EntryFacts(Guid Id, string Kind, Guid ThingId, PostingFacts[] Postings);

/// <summary>A side of an entry; amounts in minor units.</summary>
/// <param name="Account">The account.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="DebitMinor">From 0.</param>
/// <param name="CreditMinor">From 0.</param>
public sealed record PostingFacts(string Account, string Currency, long DebitMinor, long CreditMinor);

/// <summary>Inventory, <c>GET /internal/audit/reservations</c>: what Inventory decided and moved for an order.</summary>
/// <param name="OrderId">The order; the key.</param>
/// <param name="Decision">As <see cref="Reservation.Decision"/>; null where goods moved without a decision.</param>
/// <param name="Lines">What it holds, held or took.</param>
/// <param name="Movements">Sales and returns.</param>
public sealed record ReservationFacts(Guid OrderId, string? Decision, SkuQuantity[] Lines, MovementFacts[] Movements);

/// <summary>Goods that moved for an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Kind"><c>sale</c> or <c>return</c>.</param>
/// <param name="Quantity">What on hand grew by; negative for a sale.</param>
public sealed record MovementFacts(string Sku, string Kind, long Quantity);

/// <summary>Inventory, <c>GET /internal/audit/stock</c>: a SKU's figures, each from rows of its own.</summary>
/// <param name="Sku">The SKU; the key.</param>
/// <param name="OnHand">As stored.</param>
/// <param name="Reserved">As stored.</param>
/// <param name="Received">The sum of its adjustments.</param>
/// <param name="Sold">What its sales took, from 0.</param>
/// <param name="Returned">What its returns brought back.</param>
/// <param name="Held">The sum of its lines in reservations that are open.</param>
public sealed record StockFacts(string Sku, long OnHand, long Reserved, long Received, long Sold, long Returned, long Held);

/// <summary>Carts, <c>GET /internal/audit/taken</c>: an order whose lines have left its cart.</summary>
/// <param name="OrderId">The order; the key.</param>
public sealed record TakenFacts(Guid OrderId);

/// <summary>Notifications, <c>GET /internal/audit/messages</c>: a message about an order.</summary>
/// <param name="OrderId">The order; the key, with <paramref name="Kind"/>.</param>
/// <param name="Kind">Such as <c>order_paid</c>.</param>
/// <param name="Status">Its state.</param>
public sealed record MessageFacts(Guid OrderId, string Kind, string Status);

/// <summary>The sandbox, <c>GET /internal/audit/charges</c>: what its bank took and gave back for an order.</summary>
/// <param name="Order">The order's id as the payment intent's metadata names it; empty where none does. The key.</param>
/// <param name="Charges">The charges that were not declined.</param>
/// <param name="Refunds">The refunds that have not failed.</param>
public sealed record BankFacts(string Order, BankChange[] Charges, BankChange[] Refunds);

/// <summary>A charge or a refund at the bank.</summary>
/// <param name="Id">The bank's id.</param>
/// <param name="Status"><c>succeeded</c> or <c>pending</c>.</param>
/// <param name="Amount">How much.</param>
public sealed record BankChange(string Id, string Status, Money Amount);

/// <summary>Every service with a database, <c>GET /internal/audit/log</c>: its log, and where it stands in others'.</summary>
/// <param name="Service">The service.</param>
/// <param name="Epoch">Its log's epoch (E4).</param>
/// <param name="Head">The position of the newest event; 0 in an empty log.</param>
/// <param name="HeadId">The newest event.</param>
/// <param name="Subscriptions">What it reads.</param>
/// <param name="DeadLetters">What it could not apply (E6): the first 20.</param>
/// <param name="DeadLetterCount">How many there are.</param>
public sealed record LogFacts(
    string Service, Guid Epoch, long Head, Guid? HeadId, SubscriptionFacts[] Subscriptions, DeadLetterFacts[] DeadLetters, long DeadLetterCount);

/// <summary>A place in another's log.</summary>
/// <param name="Source">The service that is read.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Position">The last position handled.</param>
/// <param name="Epoch">The log's epoch as read.</param>
/// <param name="LastEventId">The last event handled.</param>
public sealed record SubscriptionFacts(string Source, string Purpose, long Position, Guid? Epoch, Guid? LastEventId);

/// <summary>An event that is parked.</summary>
/// <param name="Source">Whose event.</param>
/// <param name="Purpose">For which subscription.</param>
/// <param name="Position">Its position.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Reason">Why it could not be applied.</param>
public sealed record DeadLetterFacts(string Source, string Purpose, long Position, string Subject, string Reason);
