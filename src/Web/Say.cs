using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Stoa.Web;

/// <summary>Fills in the texts of the resource files.</summary>
public static class Say
{
    /// <summary>A text with its places {0}, {1} … filled in.</summary>
    public static string With(this string text, params ReadOnlySpan<object?> values) => string.Format(Cultures.Current, text, values);

    /// <summary>A text that is HTML, as one with a link or an emphasis within a sentence is; what is filled in is only ever text.</summary>
    public static MarkupString Html(this string html, params ReadOnlySpan<string> values)
    {
        var encoded = new string[values.Length];
        for (var i = 0; i < encoded.Length; i++) encoded[i] = HtmlEncoder.Default.Encode(values[i]);
        return new(With(html, encoded));
    }

    /// <summary>A text of two forms, as <c>{0} piece|{0} pieces</c>: one, and any other number. English and German count so;
    /// a language that counts otherwise needs its rule here.</summary>
    public static string Counted(this string forms, int number, params ReadOnlySpan<object?> more)
    {
        var other = forms.IndexOf('|', StringComparison.Ordinal);
        return With(number == 1 ? forms[..other] : forms[(other + 1)..], [number, .. more]);
    }
}
