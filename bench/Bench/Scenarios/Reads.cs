using System.Globalization;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>Reads that need no token: the requests are made beforehand, and each shopper walks through them in an order of its own.</summary>
internal sealed class Reads(MeasuredStore store, int number, IReadOnlyList<byte[]> requests) : IShopper
{
    public static readonly IReadOnlyList<byte[]> ProductBySlug =
        [.. Enumerable.Range(0, MeasuredStore.Products).Select(one => HttpLine.Request("GET", $"/api/products/{MeasuredStore.Slug(one)}"))];

    public static readonly IReadOnlyList<byte[]> Page =
        [.. Enumerable.Range(0, 10).Select(one => HttpLine.Request("GET", string.Create(CultureInfo.InvariantCulture, $"/api/products?category=category-{one}&limit=20")))];

    public static readonly IReadOnlyList<byte[]> Search =
        [.. new[] { "olive", "marble", "linen", "bronze", "cedar", "wool", "clay", "silver" }.Select(word => HttpLine.Request("GET", $"/api/products?search={word}"))];

    private readonly HttpLine _line = new(store.Gateway);
    private int _next = number * 7919;

    public async ValueTask Act() => (await _line.Send(requests[(_next++ & int.MaxValue) % requests.Count])).Expect(200, "read");

    public void Dispose() => _line.Dispose();
}
