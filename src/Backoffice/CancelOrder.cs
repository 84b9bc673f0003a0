using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Calls an order off; a paid one by giving all of its money back.</summary>
public static class CancelOrder
{
    public static async Task<IResult> Handle(Guid id, OfficeApi api, Entropy entropy, CancellationToken stop) =>
        await ShowOrder.After(id, "cancelled", await api.Cancel(id, stop), api, entropy, stop);
}
