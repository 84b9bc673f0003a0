using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>A line as a client sends it; a price in it would be ignored.</summary>
public sealed record WantedLine(string? Sku, int? Quantity)
{
    private const int MostLines = 100;
    private const int MostOfOneSku = 999;

    /// <summary>422: there is nothing to order.</summary>
    public static ProblemHttpResult CartEmpty() => Problem.Of(422, "cart_empty", "There is nothing in the cart.");

    /// <summary>Lines of one SKU become one; notes what cannot be ordered.</summary>
    /// <returns>The lines in the order in which they were sent; of no use when the validation found something.</returns>
    public static SkuQuantity[] Sum(WantedLine?[] items, Validation validation)
    {
        validation.Require(items.Length <= MostLines, "items", $"must be at most {MostLines} lines");
        for (var i = 0; i < Math.Min(items.Length, MostLines); i++)
        {
            validation.Text($"items[{i}].sku", items[i]?.Sku, 1, 100);
            validation.Range($"items[{i}].quantity", items[i]?.Quantity ?? 0, 1, MostOfOneSku);
        }

        if (validation.Problem is not null) return [];
        SkuQuantity[] lines = [.. items.GroupBy(line => line!.Sku!, StringComparer.Ordinal)
            .Select(sku => new SkuQuantity(sku.Key, sku.Sum(line => line!.Quantity!.Value)))];
        foreach (var line in lines)
            validation.Require(line.Quantity <= MostOfOneSku, "items", $"must be at most {MostOfOneSku} of {line.Sku}");
        return lines;
    }
}
