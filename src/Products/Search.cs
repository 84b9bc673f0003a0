using System.Text;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Full-text search: everything in it that differs between the engines. Both stem English, forgive case and
/// accents, want every word, take the last one, of two letters and more, as the beginning of a word, and weigh the name over labels (category,
/// tags and SKUs) over the summary over the description. FTS5 (sqlite.org/fts5.html) ranks by bm25, PostgreSQL by ts_rank.</summary>
public static class Search
{
    /// <summary>A search ranks, filters and orders at most this many products, the newest that match: what a word finds
    /// beyond that is not narrowed by ranking but by another word.</summary>
    public const int MostFound = 5_000;

    private const int MostOrdered = 50_000;

    /// <summary>Words that say nothing of a product; they are wanted only when there are no others.</summary>
    private static readonly HashSet<string> Small = new(StringComparer.OrdinalIgnoreCase)
        { "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with" };

    /// <summary>Writes a product's words anew.</summary>
    public static async Task Index(long number, Product product, Transaction tx)
    {
        await Forget(number, tx);
        var categoryName = await tx.Find<string>("SELECT name FROM categories WHERE slug = @Category", new { product.Category });
        await tx.Execute(tx.Dialect.Name == "sqlite"
            ? """
              INSERT INTO product_words (rowid, name, labels, summary, description) VALUES (@number, @name, @labels, @summary, @description)
              """
            : """
              INSERT INTO product_words (number, words) VALUES (@number,
                  setweight(to_tsvector('stoa', @name), 'A') || setweight(to_tsvector('stoa', @labels), 'B') ||
                  setweight(to_tsvector('stoa', @summary), 'C') || setweight(to_tsvector('stoa', @description), 'D'))
              """, new
            {
                number,
                name = Plain(product.Name, tx.Dialect),
                labels = Plain(string.Join(' ', Labels(product, categoryName)), tx.Dialect),
                summary = Plain(product.Summary, tx.Dialect),
                description = Plain(product.Description, tx.Dialect),
            });
    }

    /// <summary>Removes a product's words.</summary>
    public static Task Forget(long number, Transaction tx) => tx.Execute(
        $"DELETE FROM product_words WHERE {(tx.Dialect.Name == "sqlite" ? "rowid" : "number")} = @number", new { number });

    /// <summary>The products that hold <c>@words</c>, with their scores, lower being better: <c>(found_number, score)</c>.
    /// <para>FTS5 finds the newest first. PostgreSQL finds in no order, and cannot foresee how much: so it finds and orders up to
    /// <see cref="MostOrdered"/>, and where there are more it goes through the products, newest first, since it soon meets enough.</para></summary>
    /// <param name="dialect">The engine's.</param>
    /// <param name="scored">Whether the scores matter; they cost a look at everything that matches.</param>
    public static string Found(Dialect dialect, bool scored) => dialect.Name == "sqlite"
        ? $"""
          found AS MATERIALIZED (
              SELECT rowid AS found_number, {(scored ? "bm25(product_words, 10.0, 5.0, 3.0, 1.0)" : "0.0")} AS score
              FROM product_words WHERE product_words MATCH @words ORDER BY rowid DESC LIMIT {MostFound})
          """
        : $$"""
          wanted AS MATERIALIZED (SELECT to_tsquery('stoa', @words) AS all_words),
          few AS MATERIALIZED (SELECT number FROM product_words WHERE words @@ (SELECT all_words FROM wanted) LIMIT {{MostOrdered}} + 1),
          newest AS MATERIALIZED (
              (SELECT number FROM few WHERE (SELECT COUNT(*) FROM few) <= {{MostOrdered}} ORDER BY number DESC LIMIT {{MostFound}})
              UNION ALL
              (SELECT number FROM (SELECT number, words FROM product_words ORDER BY number DESC OFFSET 0) AS one_by_one
               WHERE (SELECT COUNT(*) FROM few) > {{MostOrdered}} AND words @@ (SELECT all_words FROM wanted) LIMIT {{MostFound}})),
          found AS MATERIALIZED (
              SELECT number AS found_number, {{(scored ? "-ts_rank('{0.1, 0.3, 0.5, 1.0}', words, (SELECT all_words FROM wanted), 1)::float8" : "0.0::float8")}} AS score
              FROM newest {{(scored ? "JOIN product_words USING (number)" : "")}})
          """;

    /// <summary>The engine's expression for what a shopper typed. Each word is a quoted phrase, so that nothing in it is
    /// syntax; a word such as <c>BOARD-S</c> is the phrase of its parts.</summary>
    /// <returns>Null when it holds no word: nothing is found.</returns>
    public static string? Words(string search, Dialect dialect)
    {
        string[] all = [.. search.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(word => word.EnumerateRunes().Any(Rune.IsLetterOrDigit))];
        string[] telling = [.. all.Where(word => !Small.Contains(word))];
        if (telling.Length == 0) telling = all;
        if (telling.Length == 0) return null;
        var begins = telling[^1].Length > 1; // a single letter begins a good part of the language
        return dialect.Name == "sqlite"
            ? string.Join(" AND ", telling.Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + (begins ? " *" : "")
            : string.Join(" & ", telling.Select(Phrase)) + (begins ? ":*" : "");
    }

    /// <summary>PostgreSQL: the parts joined by "followed by".</summary>
    private static string Phrase(string word) => Plain(word, Dialect.Postgres).Replace(" ", " <-> ", StringComparison.Ordinal);

    /// <summary>FTS5 forgives accents and takes words apart by itself. PostgreSQL forgives only with an extension that a role
    /// may not install, and its parser sees addresses, files and numbers where a shopper sees words: so it gets letters and
    /// digits alone.</summary>
    private static string Plain(string? text, Dialect dialect)
    {
        if (text is null || dialect.Name == "sqlite") return text ?? "";
        var words = new StringBuilder(text.Length);
        foreach (var rune in PlainText.Fold(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) words.Append(rune);
            else if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
        }

        return words.ToString().TrimEnd();
    }

    private static IEnumerable<string> Labels(Product product, string? categoryName) =>
    [
        product.Category ?? "",
        categoryName ?? "",
        .. product.Tags,
        .. product.Variants.Select(variant => variant.Sku),
        .. product.Options.SelectMany(option => option.Values),
    ];
}
