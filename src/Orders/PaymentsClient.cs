using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What we ask Payments.</summary>
public sealed class PaymentsClient(ServiceCaller payments)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    /// <summary>Asks the arbiter to close the order to payments (P8).</summary>
    /// <returns>One of the states of <see cref="Closure"/>.</returns>
    /// <exception cref="UnavailableException">It cannot say now.</exception>
    public async Task<string> Close(Guid orderId)
    {
        var answer = await payments.Put<Closure>($"internal/orders/{orderId}/closure", null, CancellationToken.None);
        return answer.Value?.State ?? throw new UnavailableException($"payments ({answer.Code})");
    }

    /// <summary>Has all that is left of a refunding order's payment given back, once; of any other order, asks how far that is.</summary>
    /// <returns>One of the states of <see cref="RefundProgress"/>.</returns>
    /// <exception cref="UnavailableException">It cannot say now.</exception>
    public async Task<string> Refund(Order order)
    {
        var path = $"internal/orders/{order.Id}/refund";
        var answer = order.RefundId is { } refund
            ? await payments.Put<RefundProgress>(path, new RefundRequest(refund), CancellationToken.None)
            : await payments.Get<RefundProgress>(path, CancellationToken.None);
        return answer.Value?.State ?? throw new UnavailableException($"payments ({answer.Code})");
    }

    /// <summary>The order's payments. They are beside the point of an order's page, so it waits for them only a second.</summary>
    /// <returns>Null when they cannot be had now.</returns>
    public async Task<PaymentView[]?> Of(Guid orderId, CancellationToken stop)
    {
        try
        {
            return (await payments.Get<PaymentView[]>($"internal/orders/{orderId}/payments", stop, LongestLook)).Value;
        }
        catch (UnavailableException)
        {
            return null; // the answer says that they are not known, rather than that there are none
        }
    }
}
