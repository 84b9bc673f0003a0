using System.Globalization;

namespace Stoa.Backoffice;

/// <summary>An order's story from what every service remembers of it, oldest first. Pure.</summary>
public static class Timeline
{
    /// <param name="At">When.</param>
    /// <param name="What">What happened.</param>
    /// <param name="Detail">More of it, if any.</param>
    /// <param name="Who">The member of staff who did it; null for the buyer and for the store itself.</param>
    /// <param name="Source">The service that tells it.</param>
    public sealed record Entry(DateTimeOffset At, string What, string? Detail, string? Who, string Source);

    public static Entry[] Of(Order order, Refund[]? refunds, OrderStock? stock, StaffMember[] staff)
    {
        var names = staff.ToDictionary(one => one.Id, one => one.Name);
        return [.. Steps(order, names).Concat(Payments(order)).Concat(Refunds(refunds ?? [], names)).Concat(Stock(stock)).OrderBy(entry => entry.At)];
    }

    private static IEnumerable<Entry> Steps(Order order, Dictionary<Guid, string> names) => (order.History ?? []).Select(step => new Entry(
        step.At, OrderWords.Step(step.Status), step.Status is "shipped" ? $"{order.Carrier} {order.TrackingNumber}" : null, Name(step.ActorId, names), "orders"));

    private static IEnumerable<Entry> Payments(Order order) => (order.Payments ?? []).Select(payment => new Entry(
        payment.CreatedAt, $"Payment of {Prices.Text(payment.Amount)}: {payment.Status.Replace('_', ' ')}",
        OrderWords.Method(payment.Method) + (payment.DeclineCode is { } code ? $", {code.Replace('_', ' ')}" : ""), null, "payments"));

    private static IEnumerable<Entry> Refunds(Refund[] refunds, Dictionary<Guid, string> names) => refunds.Select(refund => new Entry(
        refund.CreatedAt, $"Refund of {Prices.Text(refund.Amount)}: {refund.Status}",
        string.Join(", ", new[] { refund.Reason, refund.FailureCode }.Where(text => !string.IsNullOrEmpty(text))), Name(refund.RequestedBy, names), "payments"));

    private static IEnumerable<Entry> Stock(OrderStock? stock)
    {
        if (stock is null) yield break;
        yield return new(stock.DecidedAt, Decision(stock.Decision), null, null, "inventory");
        foreach (var goods in stock.Movements.GroupBy(movement => (movement.Kind, movement.At)))
        {
            yield return new(goods.Key.At, goods.Key.Kind is "return" ? "Goods back on the shelf" : "Goods taken from the shelf",
                string.Join(", ", goods.Select(one => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(one.Quantity)} × {one.Sku}"))), null, "inventory");
        }
    }

    private static string Decision(string decision) => decision switch
    {
        "reserved" or "sold" => "Goods set aside",
        "refused" => "Not enough goods",
        _ => "Goods released",
    };

    // Someone who is staff no longer keeps a place in the story, without a name.
    private static string? Name(Guid? id, Dictionary<Guid, string> names) => id is { } known ? names.GetValueOrDefault(known, "former staff") : null;
}
