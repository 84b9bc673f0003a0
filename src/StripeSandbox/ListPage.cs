using System.Text.Json.Nodes;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Stripe's lists (https://docs.stripe.com/api/pagination): newest first, <c>limit</c> of 1 to 100, and the id of an
/// item before or after which to go on.</summary>
public static class ListPage
{
    public sealed record Request(int Limit, string? After, string? Before, long? FromMs, long? UntilMs);

    /// <summary>A place in the list's order.</summary>
    private sealed record Place(DateTimeOffset CreatedAt, int Ordinal, string Id);

    public static Request Read(Parameters from)
    {
        var (fromMs, untilMs) = from.TimeRange("created");
        return new Request((int)(from.Integer("limit", least: 1, most: 100) ?? 10), from.Text("starting_after"), from.Text("ending_before"), fromMs, untilMs);
    }

    /// <param name="table">The table, whose rows have an id, a created_at and, in events, an ordinal.</param>
    /// <param name="what">What a missing item is called.</param>
    /// <param name="filter">SQL that narrows the rows, with its arguments in <paramref name="args"/>; or "".</param>
    public static async Task<Answer> Of<T>(
        Sql rows, Request request, string table, string what, string url, string filter, Dictionary<string, object?> args, Func<T, JsonObject> toJson)
    {
        // Events of one change share its time: their ordinal says which came first.
        var order = table == "events" ? new[] { "created_at", "ordinal", "id" } : ["created_at", "id"];
        var backwards = request.After is null && request.Before is not null;
        var conditions = new List<string>();
        if (filter.Length > 0) conditions.Add(filter);
        if ((request.After ?? request.Before) is { } cursor)
        {
            if (await rows.Find<Place>($"SELECT created_at, {(order.Length == 3 ? "ordinal" : "0 AS ordinal")}, id FROM {table} WHERE id = @Cursor", new { Cursor = cursor }) is not { } place)
                return StripeError.Missing(what, cursor, backwards ? "ending_before" : "starting_after", 400);
            conditions.Add($"({string.Join(", ", order)}) {(backwards ? ">" : "<")} ({string.Join(", ", order.Select(column => "@at_" + column))})");
            (args["at_created_at"], args["at_ordinal"], args["at_id"]) = (place.CreatedAt, place.Ordinal, place.Id);
        }
        if (request.FromMs is not null) { conditions.Add("created_at >= @FromMs"); args["FromMs"] = request.FromMs; }
        if (request.UntilMs is not null) { conditions.Add("created_at < @UntilMs"); args["UntilMs"] = request.UntilMs; }

        var direction = backwards ? "ASC" : "DESC";
        args["Limit"] = request.Limit + 1;
        var found = await rows.Query<T>(
            $"SELECT * FROM {table} {(conditions.Count > 0 ? "WHERE " + string.Join(" AND ", conditions) : "")} ORDER BY {string.Join(", ", order.Select(column => $"{column} {direction}"))} LIMIT @Limit", args);
        var page = found.Take(request.Limit);
        return Answer.Ok(Listed(backwards ? page.Reverse() : page, found.Count > request.Limit, url, toJson));
    }

    public static JsonObject Listed<T>(IEnumerable<T> items, bool more, string url, Func<T, JsonObject> toJson) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. items.Select(toJson)]),
        ["has_more"] = more,
        ["url"] = url,
    };
}
