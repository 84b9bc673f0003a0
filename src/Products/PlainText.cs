using System.Text;

namespace Stoa.Products;

/// <summary>Text without case and accents: for slugs, for the order of names, and for search where the database does not
/// do it. A table of its own, because the framework's normalisation needs ICU, which the services run without.</summary>
public static class PlainText
{
    private static readonly Dictionary<char, string> Plain = Table(
        "a àáâãäåāăąǎ", "ae æ", "c çćĉċč", "d ďđð", "e èéêëēĕėęě", "g ĝğġģ", "h ĥħ", "i ìíîïĩīĭįıǐ", "j ĵ", "k ķ", "l ĺļľŀł", "n ñńņňŉ",
        "o òóôõöøōŏőǒ", "oe œ", "r ŕŗř", "s śŝşšș", "ss ß", "t ţťŧț", "th þ", "u ùúûüũūŭůűųǔ", "w ŵẁẃẅ", "y ýÿŷ", "z źżž");

    /// <summary>Lower case, Latin letters without their accents; other scripts stay as they are.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
        {
            if (Plain.TryGetValue(letter, out var plain)) folded.Append(plain);
            else if (letter is < '\u0300' or > '\u036F') folded.Append(letter); // combining accents
        }

        return folded.ToString();
    }

    /// <summary>A slug of a name: Latin letters and digits, joined by hyphens; empty when the name has none.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var letter in Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (letter is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString(0, Math.Min(slug.Length, 80)).Trim('-');
    }

    private static Dictionary<char, string> Table(params ReadOnlySpan<string> rows)
    {
        var table = new Dictionary<char, string>();
        foreach (var row in rows)
        {
            var gap = row.IndexOf(' ', StringComparison.Ordinal);
            foreach (var letter in row.AsSpan(gap + 1)) table[letter] = row[..gap];
        }

        return table;
    }
}
