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
}
