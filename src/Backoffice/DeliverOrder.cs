using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>A shipped order reached its buyer.</summary>
public static class DeliverOrder
{
    public static async Task<IResult> Handle(Guid id, OfficeApi api, Entropy entropy, CancellationToken stop) =>
        await ShowOrder.After(id, "delivered", await api.Deliver(id, stop), api, entropy, stop);
}
