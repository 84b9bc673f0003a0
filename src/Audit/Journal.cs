using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>What shoppers were told, as a load generator wrote it down: JSON lines, each fsynced before the generator went
/// on (docs/audit.md). Kept in memory: about 200 bytes an order.
/// <code>
/// {"kind":"order","orderId":"…","total":{"amount":4200,"currency":"USD"}}      201 or 202 of POST /api/orders
/// {"kind":"payment","orderId":"…","paymentId":"…"}                             201 of POST /api/payments
/// </code></summary>
public sealed class Journal
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly SortedDictionary<string, (Money? Total, List<Guid> Payments)> _orders = new(StringComparer.Ordinal);

    /// <summary>In the order of the ids.</summary>
    public IReadOnlyList<(string OrderId, Acknowledged Told)> Orders => [.. _orders.Select(one => (one.Key, new Acknowledged(one.Value.Total, one.Value.Payments)))];

    /// <exception cref="FormatException">A line is none of these. An unfinished last line was never fsynced and is left out.</exception>
    public static Journal Read(IEnumerable<string> lines)
    {
        var journal = new Journal();
        var (number, broken) = (0, 0);
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0) continue;
            if (broken > 0) throw new FormatException($"line {broken} is no acknowledgement");
            if (!journal.Add(line)) broken = number;
        }

        return journal;
    }

    public void OrderAcknowledged(Guid orderId, Money total)
    {
        var (_, payments) = Of(orderId);
        _orders[orderId.ToString()] = (total, payments);
    }

    public void PaymentAcknowledged(Guid orderId, Guid paymentId)
    {
        var one = Of(orderId);
        if (!one.Payments.Contains(paymentId)) one.Payments.Add(paymentId);
        _orders[orderId.ToString()] = one;
    }

    private (Money? Total, List<Guid> Payments) Of(Guid orderId) => _orders.TryGetValue(orderId.ToString(), out var known) ? known : (null, []);

    private bool Add(string line)
    {
        try
        {
            switch (JsonSerializer.Deserialize<Line>(line, Json))
            {
                case { Kind: "order", OrderId: { } id, Total: { } total }: OrderAcknowledged(id, total); return true;
                case { Kind: "payment", OrderId: { } id, PaymentId: { } payment }: PaymentAcknowledged(id, payment); return true;
                default: return false;
            }
        }
        catch (JsonException)
        {
            return false; // told with its number, unless it is the last
        }
    }

    private sealed record Line(string? Kind, Guid? OrderId, Money? Total, Guid? PaymentId);
}
