using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>Changes one price every second, and looks how soon the Gateway shows it.</summary>
internal static class PriceChanges
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public static async Task<string> Run(MeasuredStore store, CancellationToken stop)
    {
        using var line = new HttpLine(store.Gateway);
        var seen = new List<double>();
        for (var change = 1; !stop.IsCancellationRequested; change++)
        {
            var number = change * 37 % MeasuredStore.Products;
            var price = MeasuredStore.Price + change;
            await store.Put(number, CancellationToken.None, price);
            seen.Add(await UntilShown(line, number, price));
            await Task.Delay(Every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        for (var change = 1; change <= seen.Count; change++) await store.Put(change * 37 % MeasuredStore.Products, CancellationToken.None); // as shoppers of other scenarios know it
        return string.Create(CultureInfo.InvariantCulture, $"{seen.Count} price changes, shown after {seen.Max():0} ms at most");
    }

    private static async Task<double> UntilShown(HttpLine line, int number, long price)
    {
        var request = HttpLine.Request("GET", $"/api/products/{MeasuredStore.Slug(number)}");
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            var body = JsonDocument.Parse((await line.Send(request)).Expect(200, "product").Body).RootElement;
            if (body.GetProperty("priceFrom").GetProperty("amount").GetInt64() == price) return waited.Elapsed.TotalMilliseconds;
        }
    }
}
