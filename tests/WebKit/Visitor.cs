using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Stoa.WebKit;

/// <summary>A page as it arrived.</summary>
public sealed record Page(int Status, string Text, HttpResponseMessage Response, IHtmlDocument Html)
{
    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public string? Location => Response.Headers.Location?.OriginalString;

    public string Heading => Html.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string[] SetCookies => Response.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];

    public string? Input(string name) => (Html.QuerySelector($"main input[name={name}]") as IHtmlInputElement)?.Value;
}

/// <summary>How tests read pages.</summary>
public static class Reading
{
    /// <summary>All words of an element, with one space between those of different elements.</summary>
    public static string Words(this IElement element) =>
        string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}

/// <summary>A visitor who keeps cookies and follows no redirect by itself.</summary>
public sealed class Visitor(string address)
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    private HttpClient Http => _http ??= new(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };

    public string? Cookie(string name) => _cookies.GetCookies(new Uri(address))[name]?.Value;

    public void Lose(string name) => _cookies.GetCookies(new Uri(address))[name]!.Expired = true;

    public void Forge(string name, string value) => _cookies.GetCookies(new Uri(address))[name]!.Value = value;

    /// <summary>The languages that the visitor's browser asks for from now on.</summary>
    public void Reads(string languages) => Http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", languages);

    public Task<Page> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Page> Post(string path, params (string Name, string Value)[] fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) });

    /// <summary>Fills in the page's form with this action, and sends it.</summary>
    /// <param name="page">Where the form stands.</param>
    /// <param name="action">The form's action; a button's own where it has one.</param>
    /// <param name="fields">What is typed in; all other fields go as they are.</param>
    public Task<Page> Submit(Page page, string action, params (string Name, string Value)[] fields) => Post(action, [.. Given(page, action, fields), .. fields]);

    /// <summary>The same of a form that takes files, with one.</summary>
    /// <param name="page">Where the form stands.</param>
    /// <param name="action">The form's action.</param>
    /// <param name="file">The field, what the file is called, and what is in it.</param>
    /// <param name="fields">What is typed in.</param>
    public Task<Page> Submit(Page page, string action, (string Name, string FileName, byte[] Content) file, params (string Name, string Value)[] fields)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in Given(page, action, fields).Concat(fields)) body.Add(new StringContent(value), name);
        body.Add(new ByteArrayContent(file.Content), file.Name, file.FileName);
        return Send(new HttpRequestMessage(HttpMethod.Post, action) { Content = body });
    }

    /// <summary>What a browser would send of the form's fields that nobody touched.</summary>
    private static IEnumerable<(string Name, string Value)> Given(Page page, string action, (string Name, string Value)[] fields)
    {
        var form = page.Html.QuerySelector($"form[action='{action}'][method=post]") ?? page.Html.QuerySelector($"main [formaction='{action}']")!.Closest("form")!;
        var typed = fields.Select(f => f.Name).ToHashSet();
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "file" } or IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } => (null, ""),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                IHtmlSelectElement select => (select.Name, select.Value ?? ""),
                _ => (null, ""),
            };
            if (name is not null && !typed.Contains(name)) yield return (name, value);
        }
    }

    private async Task<Page> Send(HttpRequestMessage request)
    {
        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, text, response, new HtmlParser().ParseDocument(text));
    }
}
