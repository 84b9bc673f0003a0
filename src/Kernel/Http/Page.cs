using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Stoa.Kernel;

/// <summary>A list's answer.</summary>
/// <param name="Items">This page.</param>
/// <param name="NextCursor">Asks for the next page; null when there is none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What part of a list is asked for: <c>?limit</c> (1–100, default 20) and <c>?cursor</c>. Binds as a handler's
/// parameter; a limit or a cursor that is none is 400 <c>malformed</c>.</summary>
/// <param name="Limit">How many at most.</param>
/// <param name="Cursor">Where the last page ended: the values given to <see cref="Next"/>; null at the start.</param>
public sealed record PageRequest(int Limit, string[]? Cursor)
{
    /// <summary>Reads the query.</summary>
    /// <exception cref="BadHttpRequestException">The limit or the cursor is none.</exception>
    public static ValueTask<PageRequest?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var query = context.Request.Query;
        var limit = 20;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 100))
        {
            throw new BadHttpRequestException("limit must be a whole number from 1 to 100");
        }

        return ValueTask.FromResult<PageRequest?>(new PageRequest(limit, query.TryGetValue("cursor", out var cursor) ? Decode(cursor.ToString()) : null));
    }

    /// <summary>Makes the answer of one row more than asked for: the row too many tells that a next page exists.</summary>
    /// <param name="rows">Up to <c>Limit + 1</c> rows, in order.</param>
    /// <param name="show">Makes an item of a row.</param>
    /// <param name="key">The values by which the list is ordered, of the last row shown; they come back as <see cref="Cursor"/>.</param>
    public Page<TItem> Answer<TRow, TItem>(IReadOnlyList<TRow> rows, Func<TRow, TItem> show, Func<TRow, string[]> key) => new(
        [.. rows.Take(Limit).Select(show)], rows.Count > Limit ? Next(key(rows[Limit - 1])) : null);

    /// <summary>The cursor's one value as an id.</summary>
    /// <exception cref="BadHttpRequestException">It is none.</exception>
    public Guid? CursorId() => Cursor is null ? null
        : Cursor.Length == 1 && Guid.TryParse(Cursor[0], CultureInfo.InvariantCulture, out var id) ? id : throw Forged();

    /// <summary>For a cursor whose values are not what this list gave.</summary>
    public static BadHttpRequestException Forged() => new("the cursor is none that this list gave");

    private static string Next(string[] values) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(values));

    private static string[] Decode(string cursor)
    {
        if (cursor.Length > 1000) throw Forged();
        try
        {
            string?[] values = JsonSerializer.Deserialize<string?[]>(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor))) ?? [];
            string[] texts = [.. values.OfType<string>().Where(value => !value.Contains('\0', StringComparison.Ordinal))];
            return texts.Length is > 0 and <= 8 && texts.Length == values.Length ? texts : throw Forged();
        }
        catch (Exception fault) when (fault is FormatException or JsonException or ArgumentException)
        {
            throw Forged();
        }
    }
}
