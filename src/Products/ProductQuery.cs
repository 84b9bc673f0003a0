using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>What a list of products is asked for.</summary>
/// <param name="Search">Words that all occur, the last one perhaps not to its end. At most 200 characters; blank asks for nothing.</param>
/// <param name="Category">A category's slug.</param>
/// <param name="MinPrice">The lowest <c>priceFrom</c>, minor units.</param>
/// <param name="MaxPrice">The highest <c>priceFrom</c>, minor units.</param>
/// <param name="InStock">True: only what can be had now; false: only what is sold out.</param>
/// <param name="Sort"><c>relevance</c> (with a search, and then the default), <c>newest</c> (else the default), <c>price</c>, <c>-price</c>, <c>name</c>.</param>
public sealed record ProductQuery(string? Search, string? Category, long? MinPrice, long? MaxPrice, bool? InStock, string? Sort)
{
    private static readonly string[] Sorts = ["relevance", "newest", "price", "-price", "name"];

    public bool Searches => !string.IsNullOrWhiteSpace(Search);

    /// <summary>The order that is meant.</summary>
    public string Order => Sort is null or "relevance" ? Searches ? "relevance" : "newest" : Sort;

    public ProblemHttpResult? Check() => new Validation()
        .Optional("search", Search, 200).Optional("category", Category, 100)
        .Range("minPrice", MinPrice ?? 0, 0, long.MaxValue).Range("maxPrice", MaxPrice ?? 0, 0, long.MaxValue)
        .Require(Sort is null || Sorts.Contains(Sort, StringComparer.Ordinal), "sort", "must be one of " + string.Join(", ", Sorts)).Problem;

    /// <summary>The cursor behind a row. It names the order and the filters that it belongs to.</summary>
    public string[] After(ListProducts.Row row) =>
    [
        Order, Filters, Order switch
        {
            "price" or "-price" => row.PriceFrom.ToString(CultureInfo.InvariantCulture),
            "name" => row.NameKey,
            "relevance" => row.Score.ToString("R", CultureInfo.InvariantCulture),
            _ => "",
        },
        row.Number.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Reads a cursor back.</summary>
    /// <exception cref="BadHttpRequestException">It is none of this list's, or of the list in another order or with other filters.</exception>
    public Place? Read(string[]? cursor)
    {
        if (cursor is null) return null;
        if (cursor is not [var order, var filters, var key, var text] || order != Order || filters != Filters
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw PageRequest.Forged();
        }

        return order switch
        {
            "price" or "-price" when long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var price) => new Place(number, Price: price),
            "relevance" when double.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score) => new Place(number, Score: score),
            "name" => new Place(number, Name: key),
            "newest" => new Place(number),
            _ => throw PageRequest.Forged(),
        };
    }

    private string Filters => Idempotency.Hash(new { search = Searches ? Search : null, Category, MinPrice, MaxPrice, InStock })[..12];

    /// <summary>Where the last page ended.</summary>
    public sealed record Place(long Number, long Price = 0, string Name = "", double Score = 0);
}
