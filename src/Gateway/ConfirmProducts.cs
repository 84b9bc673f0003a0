using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>Keeps the product pages that are being read young: asks Products, several times a second, which of them are
/// still as they were. One call speaks for hundreds, where each would otherwise be asked for again every second by its
/// next reader. What has changed, or cannot be asked, grows old and is read anew.</summary>
public sealed class ConfirmProducts(ProductCache cache, Outbound outbound, TimeProvider clock) : ILoop, IDisposable
{
    private static readonly TimeSpan Rests = TimeSpan.FromMilliseconds(400);

    private readonly ServiceCaller _products = outbound.Service("products");

    /// <inheritdoc/>
    public string Name => "confirm-products";

    /// <inheritdoc/>
    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        try
        {
            foreach (var held in cache.BeingRead().Chunk(HeldProduct.Most))
            {
                var asked = clock.GetTimestamp();
                var same = await _products.Post<string[]>("internal/products/confirmations", held, stop);
                if (same is { Ok: true, Value: { } slugs }) cache.Confirm(held.IntersectBy(slugs, one => one.Slug), asked);
            }
        }
        catch (UnavailableException)
        {
            return Rests; // readers find out by themselves, and are answered from what is kept
        }

        return Rests;
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _products.Dispose();
}
