using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Staff count, receive or write off goods. On hand never falls below what is held for orders: somebody was
/// promised those goods, so that order is cancelled first.</summary>
public static class AdjustStock
{
    private const string Scope = "adjustments";
    private const int MostAtOnce = 1_000_000;

    public sealed record Request(long? Delta, string? Reason);

    public static async Task<IResult> Handle(string sku, Request request, IdempotencyKey key, Buyer staff, HttpContext http,
        Database database, Entropy entropy, CancellationToken stop)
    {
        if (Check(request) is { } problem) return problem;
        var change = new Movement(entropy.NewId(), sku, "adjustment", request.Delta!.Value, request.Reason!.Trim(), staff.Id);
        return await database.Write(tx => Adjust(change, key, staff, http, tx), stop);
    }

    private static async Task<IResult> Adjust(Movement change, IdempotencyKey key, Buyer staff, HttpContext http, Transaction tx)
    {
        var hash = Idempotency.Hash(new { change.Sku, change.Quantity, change.Reason });
        if (await tx.Earlier(Scope, staff, key, hash) is { } earlier) return earlier.SameRequest ? earlier.Replay() : Idempotency.Reused();

        var before = await tx.Find<Stock>("SELECT sku, on_hand, reserved, version FROM stock WHERE sku = @Sku" + tx.Lock, new { change.Sku });
        if (before is null) return ShowStock.NotFound(change.Sku);
        if (http.Request.ExpectsAnother(ETags.Of(before.Version))) return ETags.VersionChanged();
        if (Refusal(before, change.Quantity) is { } refusal) return refusal;

        var after = await Move(change with { OnHandAfter = before.OnHand + change.Quantity }, tx);
        after.TellCrossing(before.Available, tx);
        await tx.Remember(Scope, staff, key, hash, change.CauseId);
        var view = ShowStock.View.Of(after);
        await tx.Answer(Scope, change.CauseId, StatusCodes.Status201Created, view);
        http.Response.SetETag(ETags.Of(after.Version));
        return Results.Created((string?)null, view);
    }

    private static async Task<Stock> Move(Movement change, Transaction tx)
    {
        await Movement.Add(change, tx);
        return await tx.Scalar<Stock>("""
            UPDATE stock SET on_hand = on_hand + @Quantity, version = version + 1 WHERE sku = @Sku
            RETURNING sku, on_hand, reserved, version
            """, change);
    }

    private static IResult? Refusal(Stock stock, long delta)
    {
        if (stock.OnHand + delta < stock.Reserved)
            return Problem.Of(409, "stock_below_zero", $"There are {stock.OnHand} on hand and {stock.Reserved} of them are held for orders.", ShowStock.View.Of(stock));
        return new Validation().Range("delta", stock.OnHand + delta, 0, Stock.MostOnHand).Problem;
    }

    private static IResult? Check(Request request) => new Validation()
        .Require(request.Delta is not null and not 0 and >= -MostAtOnce and <= MostAtOnce, "delta", $"must be a whole number from -{MostAtOnce} to {MostAtOnce}, and not 0")
        .Text("reason", request.Reason, 1, 200).Problem;
}
