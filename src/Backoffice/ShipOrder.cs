using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>A paid order left the house.</summary>
public static class ShipOrder
{
    public static async Task<IResult> Handle(Guid id, IFormCollection form, OfficeApi api, Entropy entropy, CancellationToken stop) =>
        await ShowOrder.After(id, "shipped", await api.Ship(id, form["carrier"].ToString().Trim(), form["trackingNumber"].ToString().Trim(), stop), api, entropy, stop);
}
