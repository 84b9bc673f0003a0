using System.Net;
using System.Text;

namespace Stoa.Products;

/// <summary>A description in HTML, as plain text and back. Nothing of the markup is kept but where paragraphs, lines and
/// list items begin, so that nothing in it can act in a page. One walk over the characters, which hostile markup makes no
/// longer, however it nests (ADR 37).</summary>
public static class HtmlText
{
    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title", "textarea", "select" };
    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase) { "p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "pre", "hr", "dl" };
    private static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase) { "li", "tr", "dt", "dd" };

    private const string PreBegins = "<pre>\n";
    private const string PreEnds = "</pre>";

    /// <summary>The text that people would read: paragraphs apart by an empty line, list items with a bullet.</summary>
    public static string FromHtml(string html)
    {
        if (IsVerbatim(html)) return Decode(html[PreBegins.Length..^PreEnds.Length]);
        var text = new TextWriting();
        for (var at = 0; at < html.Length;)
        {
            if (IsMarkup(html, at))
            {
                at = Skip(html, at, text);
                continue;
            }

            var end = html.IndexOf('<', at + 1);
            if (end < 0) end = html.Length;
            text.Words(Decode(html[at..end]));
            at = end;
        }

        return text.ToString();
    }

    /// <summary>Markup that reads as the text does, and becomes exactly this text again.</summary>
    public static string ToHtml(string text)
    {
        var paragraphs = string.Concat(text.Split("\n\n").Select(one => $"<p>{Encode(one).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));
        return FromHtml(paragraphs) == text ? paragraphs : PreBegins + Encode(text) + PreEnds;
    }

    private static bool IsVerbatim(string html) => html.StartsWith(PreBegins, StringComparison.Ordinal) && html.EndsWith(PreEnds, StringComparison.Ordinal)
        && html.IndexOf('<', PreBegins.Length) == html.Length - PreEnds.Length;

    private static bool IsMarkup(string html, int at) => html[at] == '<' && at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?');

    /// <returns>Where the text goes on behind a tag or a comment.</returns>
    private static int Skip(string html, int at, TextWriting text)
    {
        if (html.AsSpan(at).StartsWith("<!--")) return Behind(html, "-->", at + 4);
        var isEnd = html[at + 1] == '/';
        var begin = at + (isEnd ? 2 : 1);
        var end = begin;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
        var name = html[begin..end];
        var behind = BehindTag(html, end);
        if (!isEnd && Silent.Contains(name)) return BehindTag(html, Behind(html, "</" + name, behind));
        text.Tag(name, isEnd);
        return behind;
    }

    /// <summary>A tag ends at a &gt; that is not within an attribute's quotes; one that never does takes the rest with it, as in a browser.</summary>
    private static int BehindTag(string html, int at)
    {
        for (var quote = '\0'; at < html.Length; at++)
        {
            if (quote != '\0') quote = html[at] == quote ? '\0' : quote;
            else if (html[at] is '"' or '\'') quote = html[at];
            else if (html[at] == '>') return at + 1;
        }

        return html.Length;
    }

    private static int Behind(string html, string end, int at)
    {
        var found = html.IndexOf(end, at, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found + end.Length;
    }

    private static string Decode(string html) => WebUtility.HtmlDecode(html).Replace("\0", "", StringComparison.Ordinal);

    private static string Encode(string text) => WebUtility.HtmlEncode(text).Replace("\r", "&#13;", StringComparison.Ordinal);

    /// <summary>Text with its white space as a page shows it: runs are one space, none at the ends of lines.</summary>
    private sealed class TextWriting
    {
        private readonly StringBuilder _text = new();
        private bool _isPreformatted;

        public void Words(string words)
        {
            if (_isPreformatted)
            {
                _text.Append(words);
                return;
            }

            foreach (var letter in words)
            {
                var isSpace = letter is ' ' or '\t' or '\n' or '\r' or '\f';
                if (!isSpace) _text.Append(letter);
                else if (_text.Length > 0 && _text[^1] is not (' ' or '\n')) _text.Append(' ');
            }
        }

        public void Tag(string name, bool isEnd)
        {
            if (name.Equals("pre", StringComparison.OrdinalIgnoreCase)) _isPreformatted = !isEnd;
            if (name.Equals("br", StringComparison.OrdinalIgnoreCase)) Line();
            else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase)) Words(" ");
            else if (Paragraphs.Contains(name)) Paragraph();
            else if (!isEnd && Lines.Contains(name)) NewLine(name);
        }

        public override string ToString() => _text.ToString().Trim();

        private void Line()
        {
            Trim(" ");
            _text.Append('\n');
        }

        private void NewLine(string name)
        {
            Trim(" ");
            if (_text.Length > 0 && _text[^1] != '\n') _text.Append('\n');
            if (name.Equals("li", StringComparison.OrdinalIgnoreCase)) _text.Append("• ");
        }

        private void Paragraph()
        {
            Trim(" \n");
            if (_text.Length > 0) _text.Append("\n\n");
        }

        private void Trim(string ends)
        {
            while (_text.Length > 0 && ends.Contains(_text[^1], StringComparison.Ordinal)) _text.Length--;
        }
    }
}
