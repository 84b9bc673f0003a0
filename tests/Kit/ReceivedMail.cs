using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace Stoa.Kit;

/// <summary>A mail as its reader gets it: RFC 5322 headers, MIME parts decoded (RFC 2045).</summary>
public sealed partial record ReceivedMail(Dictionary<string, string> Headers, Dictionary<string, string> Parts)
{
    public string To => Headers["To"];

    public string Subject => Headers["Subject"];

    public string MessageId => Headers["Message-ID"];

    public string Text => Parts["text/plain"];

    public string Html => Parts["text/html"];

    /// <exception cref="FormatException">It is not the same thing as text and as HTML.</exception>
    public static ReceivedMail Read(string mail)
    {
        var (headers, body) = Split(mail);
        if (!headers["Content-Type"].StartsWith("multipart/alternative", StringComparison.Ordinal)) throw new FormatException("not text and HTML: " + headers["Content-Type"]);
        var boundary = Boundary().Match(headers["Content-Type"]).Groups[1].Value;
        var parts = body.Split("--" + boundary)[1..^1].Select(part => Split(part.TrimStart('\r', '\n')));
        return new(headers.ToDictionary(one => one.Key, one => Words(one.Value)), parts.ToDictionary(
            part => part.Headers["Content-Type"].Split(';')[0], part => Decoded(part.Body, part.Headers["Content-Transfer-Encoding"])));
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = Folding().Replace(text[..end], " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return (lines.Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase), text[(end + 4)..]);
    }

    private static string Decoded(string body, string encoding) => encoding switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "quoted-printable" => Encoding.UTF8.GetString(QuotedPrintable(body)),
        _ => body,
    };

    private static byte[] QuotedPrintable(string body)
    {
        var text = body.Replace("=\r\n", "", StringComparison.Ordinal);
        using var bytes = new MemoryStream();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=') bytes.WriteByte(Convert.ToByte(text.Substring(i += 1, 2), 16));
            else bytes.WriteByte((byte)text[i]);
            if (i > 0 && text[i - 1] == '=') i++;
        }

        return bytes.ToArray();
    }

    /// <summary>Encoded words (RFC 2047), as the framework writes and reads them.</summary>
    private static string Words(string value) => Attachment.CreateAttachmentFromString("", value.Replace("?= =?", "?=\r\n =?", StringComparison.Ordinal)).Name ?? value;

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();
}
