using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>What Payments asks Orders.</summary>
public sealed class OrdersClient(ServiceCaller orders)
{
    /// <summary>What the order costs and who may pay it.</summary>
    /// <returns>Null when Orders knows no such order.</returns>
    /// <exception cref="UnavailableException">Orders is away.</exception>
    public async Task<AmountDue?> Due(Guid orderId, CancellationToken stop)
    {
        var answer = await orders.Get<AmountDue>($"internal/orders/{orderId}/due", stop);
        if (answer.Ok) return answer.Value;
        return answer.Status == 404 ? null : throw new UnavailableException("orders");
    }

    /// <summary>Tells that all of the order's payment is about to go back (P13).</summary>
    /// <returns>Whether Orders agrees: the order does not ship from here on, or it had shipped. False: it cannot say now, or has
    /// not heard of the payment yet.</returns>
    public async Task<bool> HoldsForRefund(Guid orderId, Guid refundId)
    {
        try
        {
            var answer = await orders.Put<RefundHold>($"internal/orders/{orderId}/refund-hold", new RefundRequest(refundId), CancellationToken.None);
            return answer.Ok || answer.Status == 404; // an order that is not there does not ship
        }
        catch (UnavailableException)
        {
            return false;
        }
    }
}
