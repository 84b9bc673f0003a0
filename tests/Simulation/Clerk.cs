using Stoa.Audit;
using Stoa.Contracts;

namespace Stoa.Simulation;

/// <summary>Staff: ships, delivers, refunds and cancels what was paid.</summary>
internal sealed class Clerk(IReadOnlyList<Shopper> shoppers, Town town, Timeline timeline, Chance chance, Coverage coverage)
{
    /// <summary>Why a bank gives money back to us that it had taken for the buyer. Any other reason is ours: more was asked for than was left (P13).</summary>
    private const string BankCannotReachTheBuyer = "expired_or_canceled_card";

    private readonly Client _client = new(town, timeline, chance, coverage);
    private readonly HashSet<Guid> _refunded = [];

    /// <summary>What the store told the clerk and could not keep.</summary>
    public List<Offender> Wrongs { get; } = [];

    public async Task Live(Func<bool> shopsAreOpen)
    {
        if (!await _client.LogIn(Folders.StaffEmail, null)) return;
        var seen = new HashSet<Guid>();
        while (shopsAreOpen())
        {
            await _client.Wait(0.5, 3);
            foreach (var shopper in shoppers.Where(one => one.PaymentId is not null && one.OrderId is not null))
                if (seen.Add(shopper.OrderId!.Value)) await Handle(shopper.OrderId.Value, shopper.PaymentId!.Value);
        }
    }

    /// <summary>Looks again when all is quiet: a refund that was taken up was given, or the buyer's bank could not take it.</summary>
    public async Task LookBack()
    {
        foreach (var order in _refunded)
        {
            if (await _client.Persist("GET", $"/api/refunds?orderId={order}", null) is not { Status: 200 } page) continue;
            foreach (var refund in page.Json.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("status").GetString() == "failed"))
                if (refund.GetProperty("failureCode").GetString() is var why && why != BankCannotReachTheBuyer)
                    Wrongs.Add(new Offender($"order {order}", $"a refund was taken up, and the bank refused it: {why}"));
        }
    }

    private async Task Handle(Guid order, Guid payment)
    {
        switch (chance.Number(8))
        {
            case 0 or 1: await Refund(payment, order, null); break;
            case 2: await Refund(payment, order, new Money(100, "USD")); break;
            case 3: await Cancel(order); break;
            case 4: await Task.WhenAll(Ship(order), Refund(payment, order, null)); break;
            case 5: await Task.WhenAll(Refund(payment, order, null), Refund(payment, order, new Money(1500, "USD"), "-beside")); break;
            default: await Ship(order); break;
        }
    }

    private async Task Refund(Guid payment, Guid order, Money? amount, string beside = "")
    {
        var reply = await _client.Persist("POST", "/api/refunds", new { paymentId = payment, amount, reason = "returned" }, $"refund-{order}{beside}");
        if (reply is { Status: 201 }) _refunded.Add(order);
        if (reply is { Status: 201 }) coverage.Reach(amount is null ? "staff: refunds all" : "staff: refunds a part");
        if (chance.Happens(0.2)) await _client.Persist("POST", "/api/refunds", new { paymentId = payment, amount, reason = "returned" }, $"refund-{order}{beside}");
    }

    private async Task Cancel(Guid order)
    {
        if (await _client.Persist("POST", $"/api/orders/{order}/cancel", null) is { Ok: true }) coverage.Reach("staff: cancels a paid order");
    }

    private async Task Ship(Guid order)
    {
        if (await _client.Persist("POST", $"/api/orders/{order}/ship", new { carrier = "Post", trackingNumber = "1" }) is { Ok: true }) coverage.Reach("staff: ships");
        if (!chance.Happens(0.6)) return;
        await _client.Wait(0.5, 4);
        if (await _client.Persist("POST", $"/api/orders/{order}/deliver", null) is { Ok: true }) coverage.Reach("staff: delivers");
    }
}
