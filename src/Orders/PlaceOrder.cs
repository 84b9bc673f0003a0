using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Takes an order at the prices we hold, never at prices the client sent. The order is committed as
/// <c>placed</c>, with its idempotency record, before anything else happens (P2); then <see cref="DriveOrder"/> asks
/// Inventory, and the caller is told what became of it, or after 4 s that it goes on (P6).</summary>
public static class PlaceOrder
{
    /// <summary>The scope of its Idempotency-Keys.</summary>
    public const string Scope = "orders";

    public sealed record Request(
        WantedLine?[]? Items, Money? ShownTotal, Money? ShownGrandTotal, Guid? CartId, string? Email, AddressRequest? ShippingAddress);

    public static async Task<IResult> Handle(
        Request request, Buyer buyer, IdempotencyKey key, Language language, Database database, Subscriptions copies, ShippingAndTax rates,
        Entropy entropy, DriveOrder drive, CommittedWork committed, CancellationToken stop)
    {
        if (request.Items is not { Length: > 0 } items) return WantedLine.CartEmpty();
        var validation = new Validation();
        var wanted = WantedLine.Sum(items, validation);
        if (Check(request, buyer, validation).Problem is { } invalid) return invalid;

        var hash = Idempotency.Hash(new { wanted, request.ShownTotal, request.ShownGrandTotal, request.CartId, request.Email, request.ShippingAddress });
        var taken = await database.Write(async tx =>
        {
            if (await tx.Earlier(Scope, buyer, key, hash) is { } earlier) return await Resume(earlier, tx);

            var (lines, refusal) = await OurPrices.For(wanted, tx, copies);
            if (refusal is not null) return new Taken(null, refusal);
            var quote = rates.Of(lines, request.ShippingAddress!.Country!);
            if (PriceCheck.Refuses(quote, request.ShownTotal!.Value, request.ShownGrandTotal) is { } changed) return new Taken(null, changed);

            var placed = New(request, buyer, language, quote, entropy, tx.Now);
            await tx.Add(placed);
            await tx.Remember(Scope, buyer, key, hash, placed.Id);
            return new Taken(placed, null);
        }, stop);
        if (taken.Answer is not null) return taken.Answer;

        var order = taken.Order!;
        await committed.Run(async () => order = await drive.Go(order));
        return taken.Replayed ? Idempotency.Replayed(Answer(order)) : Answer(order);
    }

    /// <summary>409: stock was short. The final answer of its key, also when the runner got it (I3).</summary>
    public static ProblemHttpResult OutOfStock(Order order) => Problem.Of(409, "out_of_stock",
        "There is not enough in stock of something in the order. Change the order and place it with a new Idempotency-Key.",
        new { orderId = order.Id, items = order.Shortages });

    private static Validation Check(Request request, Buyer buyer, Validation validation)
    {
        validation.Require(request.ShownTotal is { Currency: not null }, "shownTotal", "must be the total that the shopper was shown");
        validation.Require(request.ShownGrandTotal is not { Currency: null }, "shownGrandTotal", "must be an amount and a currency");
        if (buyer.IsGuest || request.Email is not null) validation.Email("email", request.Email);
        AddressRequest.Check(request.ShippingAddress, validation);
        return validation;
    }

    /// <summary>A retry gets the final answer, or takes on what its first request left behind (I2).</summary>
    private static async Task<Taken> Resume(EarlierRequest earlier, Transaction tx)
    {
        if (!earlier.SameRequest) return new Taken(null, Idempotency.Reused());
        if (earlier.Status is not null) return new Taken(null, earlier.Replay());
        var order = (await tx.ToDecide(earlier.ThingId))!;
        if (order.Status != OrderStatus.Placed) return new Taken(null, Idempotency.Replayed(Answer(order)));
        if (order.IsHeld(tx.Now)) return new Taken(null, order.Attempts == 1 ? Idempotency.InProgress() : Idempotency.Replayed(Answer(order)));
        return new Taken(await tx.Save(order, order.Claim(tx.Now)), null, Replayed: true);
    }

    /// <summary>The new order, already in this request's hands, so that the runner leaves it alone while the request runs.</summary>
    private static Order New(Request request, Buyer buyer, Language language, Quote quote, Entropy entropy, DateTimeOffset now) => new Order
    {
        Id = entropy.NewId(),
        Number = OrderNumber.Of(entropy.Bytes(OrderNumber.Bytes)),
        BuyerId = buyer.Id,
        CartId = request.CartId is { } cart && buyer.Owns(cart) ? cart : null, // a cart's id is its owner's; another's stays as it is (C2)
        Status = OrderStatus.Placed,
        Lines = quote.Items,
        Currency = quote.Total.Currency,
        SubtotalMinor = quote.Subtotal.Amount,
        ShippingMinor = quote.Shipping.Amount,
        TaxMinor = quote.Tax.Amount,
        TotalMinor = quote.Total.Amount,
        Email = request.Email,
        Address = request.ShippingAddress!.ToAddress(),
        Language = language.Code,
        CreatedAt = now,
    }.Claim(now);

    private static IResult Answer(Order order) => order.Status switch
    {
        OrderStatus.Rejected => OutOfStock(order),
        OrderStatus.Placed => TypedResults.Accepted($"/api/orders/{order.Id}", OrderView.Of(order)),
        _ => TypedResults.Created($"/api/orders/{order.Id}", OrderView.Of(order)),
    };

    /// <summary>An order to drive, or the answer at once.</summary>
    private sealed record Taken(Order? Order, IResult? Answer, bool Replayed = false);
}
