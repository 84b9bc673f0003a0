using System.Text;
using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>The catalogue, filtered, searched and ordered, page by page. A page is one query; cursors name the last row
/// rather than count rows, so that what is added meanwhile neither repeats nor hides a product.</summary>
public static class ListProducts
{
    /// <summary>Properties rather than a constructor: SQLite does not know a score's type when there are no rows.</summary>
    public sealed record Row
    {
        public long Number { get; init; }
        public long PriceFrom { get; init; }
        public string NameKey { get; init; } = "";
        public double Score { get; init; }
        public string Listing { get; init; } = "";
    }

    public static async Task<IResult> Handle([AsParameters] ProductQuery query, PageRequest page, HttpContext http, Database database, CancellationToken stop)
    {
        if (query.Check() is { } problem) return problem;
        var after = query.Read(page.Cursor);
        var words = query.Searches ? Search.Words(query.Search!, database.Dialect) : null;
        var rows = query.Searches && words is null ? [] : await database.Query<Row>(Sql(query, after is not null, database.Dialect), new
        {
            words,
            query.Category,
            query.MinPrice,
            query.MaxPrice,
            query.InStock,
            after?.Number,
            after?.Price,
            after?.Name,
            after?.Score,
            most = page.Limit + 1,
        }, stop);
        http.Response.Headers.CacheControl = ReadyJson.Caching;
        return new ReadyJson(Join(page.Answer(rows, row => row.Listing, query.After)));
    }

    /// <summary>Finds and orders by small columns, where it can in an index alone, and fetches the rows of the page last.</summary>
    private static string Sql(ProductQuery query, bool follows, Dialect dialect)
    {
        var (order, after) = Order(query.Order);
        string?[] conditions =
        [
            query.Searches ? "number = found_number" : null,
            query.Category is null ? null : "category = @Category",
            query.MinPrice is null ? null : "price_from >= @MinPrice",
            query.MaxPrice is null ? null : "price_from <= @MaxPrice",
            query.InStock is null ? null : "in_stock = @InStock",
            follows ? after : null,
        ];
        var where = string.Join(" AND ", conditions.OfType<string>().DefaultIfEmpty("1 = 1"));
        var from = query.Searches ? "found CROSS JOIN products" : "products"; // CROSS: the few that were found first
        return $"""
            WITH {(query.Searches ? Search.Found(dialect, scored: query.Order == "relevance") + "," : "")}
            page AS MATERIALIZED (
                SELECT number AS page_number, {(query.Searches ? "score" : "CAST(0 AS DOUBLE PRECISION) AS score")}
                FROM {from} WHERE {where} ORDER BY {order} LIMIT @most)
            SELECT products.number, price_from, name_key, score, listing
            FROM page CROSS JOIN products CROSS JOIN product_texts
            WHERE products.number = page_number AND product_texts.number = page_number ORDER BY {order}
            """;
    }

    /// <summary>Scores shift a little with every product that is added, and all together: so the place is where the last
    /// row stands now, and the score that it had only counts when it is gone.</summary>
    private static (string By, string After) Order(string order) => order switch
    {
        "price" => ("price_from, products.number", "(price_from, number) > (@Price, @Number)"),
        "-price" => ("price_from DESC, products.number DESC", "(price_from, number) < (@Price, @Number)"),
        "name" => ("name_key, products.number", "(name_key, number) > (@Name, @Number)"),
        "relevance" => ("score, products.number", "(score, number) > (COALESCE((SELECT score FROM found WHERE found_number = @Number), @Score), @Number)"),
        _ => ("products.number DESC", "number < @Number"),
    };

    private static string Join(Page<string> page)
    {
        var json = new StringBuilder(page.Items.Sum(item => item.Length + 1) + 100).Append("{\"items\":[").AppendJoin(',', page.Items);
        return json.Append("],\"nextCursor\":").Append(JsonSerializer.Serialize(page.NextCursor)).Append('}').ToString();
    }
}
