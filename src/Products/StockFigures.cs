using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>What Inventory says can be had.</summary>
public sealed class StockFigures(ServiceCaller inventory)
{
    /// <summary>The longest SKUs of that many fit into a request's body.</summary>
    private const int MostAtOnce = 500;

    /// <returns>By SKU; one that Inventory has not heard of yet is not among them.</returns>
    /// <exception cref="UnavailableException">Inventory is away.</exception>
    public async Task<Dictionary<string, long>> Available(IEnumerable<string> skus, CancellationToken stop)
    {
        var available = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var some in skus.Chunk(MostAtOnce))
        {
            var answer = await inventory.Put<AvailableStock[]>("internal/stock", new StockQuestion(some), stop);
            if (!answer.Ok) throw new UnavailableException("inventory");
            foreach (var one in answer.Value!) available[one.Sku] = one.Available;
        }

        return available;
    }
}
