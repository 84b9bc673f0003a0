using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stoa.Kit;

/// <summary>What came back.</summary>
public sealed record Reply(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The problem's code; null for anything else.</summary>
    public string? Code => ContentHeaders.ContentType?.MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    /// <summary>A header's first value, or null.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? values.First() : null;

    public override string ToString() => $"{Status} {Body}";
}

/// <summary>A caller of one address with one token: <c>await api.As(token).Post("/api/orders", body, key: "k1")</c>.</summary>
public sealed record Api(HttpClient Http, string? Token = null, string? ServiceToken = null)
{
    public Api As(string? token) => this with { Token = token };

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, null, headers);

    public Task<Reply> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, null, headers);

    public Task<Reply> Post(string path, object? body = null, string? key = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, key, headers);

    public Task<Reply> Put(string path, object? body = null, string? key = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, body, key, headers);

    public Task<Reply> Patch(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, path, body, null, headers);

    /// <param name="body">An <see cref="HttpContent"/> or a text goes as it is (a text as JSON); anything else is written as JSON.</param>
    public async Task<Reply> Send(HttpMethod method, string path, object? body, string? key, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (ServiceToken is not null) request.Headers.Add("Stoa-Service-Token", ServiceToken);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body, Kernel.Json.Options), Encoding.UTF8, "application/json"),
        };
        using var response = await Http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }
}
