using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What we ask Inventory.</summary>
public sealed class InventoryClient(ServiceCaller inventory)
{
    /// <summary>Holds all lines or none; the same decision at every repetition (P3).</summary>
    /// <exception cref="UnavailableException">It cannot decide now.</exception>
    public async Task<Reservation> Reserve(Order order)
    {
        SkuQuantity[] lines = [.. order.Lines.Select(line => new SkuQuantity(line.Sku, line.Quantity))];
        var answer = await inventory.Put<Reservation>($"internal/reservations/{order.Id}", new ReservationRequest(lines), CancellationToken.None);
        return answer.Value ?? throw new UnavailableException($"inventory ({answer.Code})");
    }
}
