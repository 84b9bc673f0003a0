using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Staff give money back: all that is left of a payment, or a part. Before the rest of it goes out Orders is asked, so that
/// an order whose money is on its way back does not ship (P13).</summary>
public static class RequestRefund
{
    public sealed record Request(Guid? PaymentId, Money? Amount, string? Reason);

    private sealed record Begun(Refund? Refund, EarlierRequest? Earlier = null, bool TooMuch = false);

    public static async Task<IResult> Handle(
        Request request, Buyer staff, IdempotencyKey key, Database database, SendRefund send, CommittedWork committed, Entropy entropy, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(database);
        if (Check(request).Problem is { } invalid) return invalid;
        if (await Attempt.Find(database, request.PaymentId!.Value, stop) is not { } payment) return Problem.NotFound("There is no such payment.");
        if (request.Amount is { } amount && amount.Currency != payment.Currency)
            return new Validation().Require(false, "amount.currency", $"must be {payment.Currency}").Problem!;

        var hash = Idempotency.Hash(request);
        var begun = await database.Write(tx => Begin(tx, request, payment, staff, key, hash, entropy.NewId()), stop);
        if (begun.Earlier is { } earlier) return await Resume(earlier, database, stop);
        if (begun.TooMuch) return Problem.Of(409, "refund_exceeds_payment", "That is more than is left of the payment, refunds under way included.");

        var refund = begun.Refund!;
        await committed.Run(async () => refund = await send.Step(begun.Refund!));
        return TypedResults.Created((string?)null, refund.View());
    }

    private static async Task<Begun> Begin(Transaction tx, Request request, Attempt seen, Buyer staff, IdempotencyKey key, string hash, Guid id)
    {
        if (await tx.Earlier(SettleRefund.Scope, staff, key, hash) is { } earlier) return new Begun(null, earlier);
        await PayableOrder.Lock(tx, seen.OrderId);
        var payment = (await Attempt.Find(tx, seen.Id))!;
        var room = payment.Status == Attempt.Succeeded ? await Refund.Room(tx, payment) : 0;
        var amount = request.Amount ?? new Money(room, payment.Currency);
        if (amount.Amount < 1 || amount.Amount > room) return new Begun(null, TooMuch: true);
        var refund = await Refund.Begin(tx, id, payment, amount, request.Reason ?? "", staff.Id, asksOrders: amount.Amount == room, PaymentRules.Lease);
        await tx.Remember(SettleRefund.Scope, staff, key, hash, id);
        return new Begun(refund);
    }

    private static async Task<IResult> Resume(EarlierRequest earlier, Database database, CancellationToken stop)
    {
        if (!earlier.SameRequest) return Idempotency.Reused();
        if (earlier.Status is not null) return earlier.Replay();
        return Idempotency.Replayed(TypedResults.Created((string?)null, (await Refund.Find(database, earlier.ThingId, stop))!.View()));
    }

    private static Validation Check(Request request) => new Validation()
        .Require(request.PaymentId is not null, "paymentId", "must name a payment")
        .Require(request.Amount is not { Amount: < 1 }, "amount.amount", "must be at least 1")
        .Optional("reason", request.Reason, 500);
}
