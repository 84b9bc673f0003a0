using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>
/// Finds words for people in a Razor page: between tags, in the attributes that are read out or shown, and as literals of
/// its code that begin like a sentence. It knows as much of Razor as these pages use.
/// </summary>
internal static partial class RazorWords
{
    public static IEnumerable<string> In(string page)
    {
        var text = Remark().Replace(page, "");
        var cut = Regex.Match(text, @"^@code\b", RegexOptions.Multiline);
        var code = new List<string> { cut.Success ? LineRemark().Replace(text[cut.Index..], "") : "" };
        var html = WithoutCode(cut.Success ? text[..cut.Index] : text, code);
        var attributes = Attribute().Matches(html).Select(found => found.Groups["words"].Value);
        var between = Regex.Split(Tag().Replace(html, "\n"), @"[\n{}]+");
        var literals = code.SelectMany(one => Literal().Matches(one)).Select(found => found.Groups["words"].Value);
        return between.Concat(attributes).Where(words => Word().IsMatch(words)).Concat(literals).Select(words => words.Trim());
    }

    /// <summary>The page with each expression and statement taken out and put aside.</summary>
    private static string WithoutCode(string page, List<string> code)
    {
        page = Directive().Replace(page, "");
        while (Expression().Match(page) is { Success: true } found)
        {
            var end = found.Index + found.Length;
            while (end < page.Length && page[end] is '(' or '[' || end + 1 < page.Length && page[end] == '.' && char.IsLetter(page[end + 1])) end = After(page, end);
            code.Add(page[found.Index..end]);
            page = page[..found.Index] + page[end..];
        }

        return Statement().Replace(page, found =>
        {
            code.Add(found.Value);
            return "";
        });
    }

    /// <summary>Behind the bracket that closes the one at this place, or behind the name that follows a point.</summary>
    private static int After(string page, int at)
    {
        if (page[at] == '.') return at + 1 + page[(at + 1)..].TakeWhile(c => char.IsLetterOrDigit(c)).Count();
        var (depth, quoted) = (0, false);
        for (; at < page.Length; at++)
        {
            if (page[at] == '"') quoted = !quoted;
            else if (!quoted && page[at] is '(' or '[') depth++;
            else if (!quoted && page[at] is ')' or ']' && --depth == 0) return at + 1;
        }

        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Remark();

    [GeneratedRegex(@"//.*")]
    private static partial Regex LineRemark();

    [GeneratedRegex(@"^@(inject|using)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    // @name, @( and @if (; what carries no @: else, and an if of its own line within code.
    [GeneratedRegex(@"@((if|foreach|for|switch) ?(?=\()|[A-Za-z]\w*|(?=\())|(?<=\}\s*)else( if ?(?=\())?(?=[\s(])|(?<=^\s*)(if|foreach|for) (?=\()", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\s*var .*;$", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\s(aria-label|title|placeholder|alt|Title|Label|Hint|Description|Text|NextLabel)=""(?<words>[^""]*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"""(?<words>[A-Z][a-z]+( [^""]*)?)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Word();
}
