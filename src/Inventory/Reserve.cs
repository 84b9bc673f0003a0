using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Holds all lines of an order or none. Decided once: every later call gets the stored decision (P3).</summary>
public static class Reserve
{
    private const int MostLines = 100;
    private const int MostOfOneSku = 1_000_000;

    public static async Task<Results<Ok<Reservation>, ProblemHttpResult>> Handle(
        Guid orderId, ReservationRequest request, Database database, CancellationToken stop)
    {
        if (Check(request) is { } problem) return problem;
        return TypedResults.Ok(await database.Write(tx => Decide(orderId, request.Lines, tx), stop));
    }

    /// <summary>One line per SKU, in ordinal order: transactions that want the same rows queue instead of deadlocking.</summary>
    public static SkuQuantity[] Summed(SkuQuantity[] lines) =>
    [
        .. lines.GroupBy(line => line.Sku, line => line.Quantity, StringComparer.Ordinal)
            .OrderBy(sku => sku.Key, StringComparer.Ordinal)
            .Select(sku => new SkuQuantity(sku.Key, sku.Sum())),
    ];

    private static async Task<Reservation> Decide(Guid orderId, SkuQuantity[] lines, Transaction tx)
    {
        if (await StoredReservation.Find(orderId, tx) is { } stored)
            return new Reservation(stored.Decision, stored.Shortages is null ? [] : Json.Read<Shortage[]>(stored.Shortages));

        var wanted = Summed(lines);
        var shortages = await HoldAll(wanted, tx);
        var decision = new Reservation(shortages.Length == 0 ? Reservation.Reserved : Reservation.Refused, shortages);
        await Store(orderId, decision, shortages.Length == 0 ? wanted : [], tx);
        return decision;
    }

    /// <returns>The lines that could not be had; when there are any, nothing is held.</returns>
    public static async Task<Shortage[]> HoldAll(SkuQuantity[] lines, Transaction tx)
    {
        var held = new List<Stock>(lines.Length);
        var shortages = new List<Shortage>();
        foreach (var line in lines)
        {
            if (await Hold(line, tx) is { } stock) held.Add(stock);
            else shortages.Add(await Short(line, tx));
        }

        if (shortages.Count > 0) await tx.Execute("UPDATE stock SET reserved = reserved - @Quantity WHERE sku = @Sku", HeldLines(lines, held));
        else TellCrossings(lines, held, tx);
        return [.. shortages];
    }

    public static async Task Store(Guid orderId, Reservation decision, SkuQuantity[] lines, Transaction tx)
    {
        await tx.Execute("""
            INSERT INTO reservations (order_id, decision, shortages, decided_at) VALUES (@orderId, @Decision, @shortages, @Now)
            """, new { orderId, decision.Decision, shortages = decision.Shortages.Length == 0 ? null : Json.Write(decision.Shortages), tx.Now });
        foreach (var line in lines)
        {
            await tx.Execute("INSERT INTO reservation_lines (order_id, sku, quantity) VALUES (@orderId, @Sku, @Quantity)",
                new { orderId, line.Sku, line.Quantity });
        }
    }

    /// <returns>Null when there is not enough: the condition and the write are one statement.</returns>
    private static Task<Stock?> Hold(SkuQuantity line, Transaction tx) => tx.Find<Stock>("""
        UPDATE stock SET reserved = reserved + @Quantity, version = version + 1
        WHERE sku = @Sku AND on_hand - reserved >= @Quantity
        RETURNING sku, on_hand, reserved, version
        """, line);

    /// <summary>What there was instead. On PostgreSQL some may have come free since the hold was refused; the decision
    /// saw less than was asked for, and says so.</summary>
    private static async Task<Shortage> Short(SkuQuantity line, Transaction tx)
    {
        var available = await tx.Find<long>("SELECT on_hand - reserved FROM stock WHERE sku = @Sku", new { line.Sku });
        return new Shortage(line.Sku, line.Quantity, (int)Math.Min(available, line.Quantity - 1));
    }

    private static IEnumerable<SkuQuantity> HeldLines(SkuQuantity[] lines, List<Stock> held) =>
        lines.Where(line => held.Exists(stock => stock.Sku == line.Sku));

    private static void TellCrossings(SkuQuantity[] lines, List<Stock> held, Transaction tx)
    {
        foreach (var (line, stock) in lines.Zip(held)) stock.TellCrossing(stock.Available + line.Quantity, tx);
    }

    private static ProblemHttpResult? Check(ReservationRequest request)
    {
        var check = new Validation().Require(request.Lines is { Length: >= 1 and <= MostLines }, "lines", $"must be 1 to {MostLines} lines");
        if (check.Problem is { } problem) return problem;
        foreach (var line in request.Lines)
        {
            check.Require(line is { Sku.Length: >= 1 and <= 100, Quantity: >= 1 and <= MostOfOneSku }, "lines",
                $"a line names a SKU and a quantity from 1 to {MostOfOneSku}");
        }

        return check.Problem;
    }
}
