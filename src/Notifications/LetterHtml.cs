using System.Net;

namespace Stoa.Notifications;

/// <summary>A letter as HTML for mail readers: one column of tables, the light colours inline for readers that know no
/// style sheet, the dark ones in a style sheet for those that follow the visitor's setting. No picture and nothing from
/// elsewhere: opening a mail tells nobody. Whatever people typed is encoded.</summary>
public static class LetterHtml
{
    private const string Display = "font-family:'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua',Georgia,serif";
    private const string Line = "border-bottom:1px solid #E2D9CA";

    /// <summary>Writes the whole mail.</summary>
    public static string Write(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var preview = letter.Parts.OfType<Part.Paragraph>().Skip(1).FirstOrDefault()?.Text ?? letter.Title;
        return $$"""
            <!doctype html>
            <html lang="{{letter.Wording.Language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{{Encode(letter.Subject)}}</title>
            <style>
            :root { color-scheme: light dark; }
            @media (prefers-color-scheme: dark) {
              .ground { background: #171512 !important; color: #F3EDE3 !important; }
              .sheet { background: #211E1A !important; border-color: #3A352E !important; color: #F3EDE3 !important; }
              .muted { color: #B9AFA1 !important; }
              .line { border-color: #3A352E !important; }
              .roof { background: #E58A6B !important; }
              .button { background: #E58A6B !important; color: #171512 !important; }
              .brand { color: #F3EDE3 !important; }
            }
            </style>
            </head>
            <body class="ground" style="margin:0;padding:0;background:#FBF8F3;color:#23201C;font:17px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
            <div style="display:none;max-height:0;overflow:hidden">{{Encode(preview)}}</div>
            <table role="presentation" class="ground" width="100%" cellspacing="0" cellpadding="0" style="background:#FBF8F3"><tr><td align="center" style="padding:32px 16px 48px">
            <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:592px">
            <tr><td style="padding:0 8px 24px">{{Head()}}</td></tr>
            <tr><td class="sheet" style="background:#FFFFFF;border:1px solid #E2D9CA;border-radius:4px;padding:32px">
            <h1 style="margin:0 0 24px;{{Display}};font-weight:400;font-size:31px;line-height:1.15">{{Encode(letter.Title)}}</h1>
            {{string.Join('\n', letter.Parts.Select(Write))}}
            </td></tr>
            <tr><td class="muted" style="padding:24px 8px 0;color:#5E564C;font-size:14px">{{Encode(letter.Wording.Text("footer"))}}<br>{{Encode(letter.Why)}}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>
            """;
    }

    /// <summary>The mark in cells, for mail readers show no SVG: columns under a roof line, and the name.</summary>
    private static string Head()
    {
        const string column = """<td class="brand" width="3" style="border-left:3px solid currentColor;height:16px;font-size:0;line-height:0">&nbsp;</td>""";
        const string gap = """<td width="6" style="font-size:0;line-height:0">&nbsp;</td>""";
        return $"""
            <table role="presentation" class="brand" cellspacing="0" cellpadding="0" style="color:#23201C"><tr>
            <td style="padding-right:12px;vertical-align:middle"><table role="presentation" class="brand" cellspacing="0" cellpadding="0" style="color:#23201C">
            <tr><td class="roof" colspan="7" style="background:#A8452C;height:4px;font-size:0;line-height:0;border-radius:2px">&nbsp;</td></tr>
            <tr><td colspan="7" style="height:3px;font-size:0;line-height:0">&nbsp;</td></tr>
            <tr>{gap}{column}{gap}{column}{gap}{column}{gap}</tr></table></td>
            <td class="brand" style="vertical-align:middle;{Display};font-size:28px;line-height:1">Stoa</td>
            </tr></table>
            """;
    }

    private static string Write(Part part) => part switch
    {
        Part.Paragraph paragraph => $"""<p style="margin:0 0 16px">{Encode(paragraph.Text)}</p>""",
        Part.Goods goods => Table(goods),
        Part.Facts facts => $"""<p style="margin:0 0 24px"><span class="muted" style="color:#5E564C;font-size:14px">{Encode(facts.Heading)}</span><br>{string.Join("<br>", facts.Lines.Select(Encode))}</p>""",
        Part.Button button => $"""<p style="margin:8px 0 24px"><a class="button" href="{Encode(button.Url)}" style="display:inline-block;background:#A8452C;color:#FFFFFF;padding:14px 24px;border-radius:3px;font-weight:600;text-decoration:none">{Encode(button.Label)}</a></p>""",
        Part.Small small => $"""<p class="muted" style="margin:0 0 8px;color:#5E564C;font-size:14px">{Encode(small.Text)}</p>""",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Table(Part.Goods goods) => $"""
        <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="margin:8px 0 24px;font-variant-numeric:tabular-nums">
        {string.Concat(goods.Lines.Select(row => Row(row, "line", "padding:10px 0;" + Line)))}
        <tr><td colspan="2" style="height:12px;font-size:0;line-height:0">&nbsp;</td></tr>
        {string.Concat(goods.Sums.SkipLast(1).Select(row => Row(row, "muted", "padding:3px 0;color:#5E564C")))}
        {Row(goods.Sums[^1], "", "padding:10px 0 0;font-weight:600")}
        </table>
        """;

    private static string Row(Part.Row row, string cssClass, string style) => $"""
        <tr><td class="{cssClass}" style="{style}">{Encode(row.What)}</td><td class="{cssClass}" align="right" style="{style};white-space:nowrap;padding-left:16px">{Encode(row.Amount)}</td></tr>
        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
