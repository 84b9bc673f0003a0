using Stoa.Contracts;

namespace Stoa.Notifications;

/// <summary>What we write about an order, at each turn of its life.</summary>
/// <param name="order">What Orders tells now.</param>
/// <param name="shopUrl">The shop's address, without a slash at the end.</param>
public sealed class OrderLetters(OrderMessage order, string shopUrl)
{
    private readonly Wording _say = Wording.In(order.Language);

    /// <summary>Written down, and waiting for its payment.</summary>
    /// <returns>Null when it does not wait any more: a later letter says all.</returns>
    public Letter? Placed() => order.PayBy is { } payBy
        ? Letter(QueueMessages.Placed, Says("order_placed.text"), Say("order_placed.pay", _say.Time(payBy)), Goods, SeeOrder)
        : null;

    /// <summary>The confirmation of a paid order.</summary>
    public Letter Paid() => Letter(QueueMessages.Paid, Says("order_paid.text"), Goods, Address, SeeOrder);

    /// <summary>It left the house, with what finds it on its way.</summary>
    public Letter Shipped() => Letter(QueueMessages.Shipped, Says("order_shipped.text"),
        Fact("order_shipped.carrier", order.Carrier), Fact("order_shipped.number", order.TrackingNumber), Address, SeeOrder);

    /// <summary>All or a part of the money went back.</summary>
    public Letter Refunded(PaymentRefunded refund)
    {
        ArgumentNullException.ThrowIfNull(refund);
        var text = refund.Whole && refund.Amount == refund.RefundedTotal ? "refunded.whole" : "refunded.part";
        return Letter(QueueMessages.Refunded, Say(text, order.Number, _say.Amount(refund.Amount)), Say("refunded.bank"), SeeOrder);
    }

    private Part Goods => new Part.Goods(
        [.. order.Lines.Select(line => new Part.Row($"{line.Quantity} × {line.Name}", _say.Amount(line.LineTotal)))],
        [Sum("items", order.Subtotal), Sum("shipping", order.Shipping), Sum("tax", order.Tax), Sum("total", order.Total)]);

    private Part.Facts? Address => order.Address.Length == 0 ? null : new Part.Facts(_say.Text("address"), [.. new[] { order.Name }.OfType<string>(), .. order.Address]);

    /// <summary>A buyer without an account has no session when the mail is read a week later: the link shows the order by itself.</summary>
    private Part SeeOrder => new Part.Button(_say.Text("order.button"),
        order.LinkToken is { } token ? $"{shopUrl}/orders/by-link?token={token}" : $"{shopUrl}/orders/{order.OrderId}");

    private Letter Letter(string kind, params Part?[] parts) => new(
        _say, _say.Text(kind + ".subject", order.Number), _say.Text(kind + ".title"), [Greet(_say, order.Name), .. parts.OfType<Part>()], _say.Text("why.order", order.Number));

    internal static Part Greet(Wording say, string? name) => new Part.Paragraph(name is null ? say.Text("greeting.nobody") : say.Text("greeting", name));

    private Part.Paragraph Says(string text) => Say(text, order.Number);

    private Part.Paragraph Say(string text, params object[] values) => new(_say.Text(text, values));

    private Part.Facts? Fact(string heading, string? line) => line is null ? null : new Part.Facts(_say.Text(heading), [line]);

    private Part.Row Sum(string what, Money amount) => new(_say.Text(what), _say.Amount(amount));
}
