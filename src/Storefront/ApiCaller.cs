using System.Net.Http.Json;
using System.Text.Json;

namespace Stoa.Storefront;

/// <summary>
/// Sends a visitor's call to the Gateway with the visitor's token, refreshed when the API says that it has ended, and
/// turns whatever comes back, silence included, into an <see cref="Answer{T}"/>.
/// </summary>
public sealed class ApiCaller(Gateway gateway, Session session, IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    public Task<Answer<T>> Get<T>(string path, CancellationToken stop) where T : class => Send<T>(HttpMethod.Get, path, null, null, stop);

    /// <summary>A read that a page can do without: tried once, for a short while.</summary>
    public Task<Answer<T>> Glance<T>(string path, CancellationToken stop) where T : class =>
        Try<T>(HttpMethod.Get, path, null, null, session.AccessToken, ShortWait, stop);

    /// <summary>A read that needs no session, and goes without one.</summary>
    public Task<Answer<T>> GetOpenly<T>(string path, CancellationToken stop) where T : class =>
        Try<T>(HttpMethod.Get, path, null, null, token: null, Gateway.LongestCall, stop);

    public Task<Answer<T>> Post<T>(string path, object body, CancellationToken stop) where T : class => Send<T>(HttpMethod.Post, path, body, null, stop);
    public Task<Answer<T>> Put<T>(string path, object body, CancellationToken stop) where T : class => Send<T>(HttpMethod.Put, path, body, null, stop);
    public Task<Answer<T>> Patch<T>(string path, object body, CancellationToken stop) where T : class => Send<T>(HttpMethod.Patch, path, body, null, stop);
    public Task<Answer<object>> Delete(string path, CancellationToken stop) => Send<object>(HttpMethod.Delete, path, null, null, stop);

    /// <summary>
    /// A call that may be sent twice and acts once. A second click arrives while the first is still being worked on,
    /// and the browser shows only the second's answer: so that one waits for the first's outcome (I2).
    /// </summary>
    public async Task<Answer<T>> PostOnce<T>(string path, object body, string key, CancellationToken stop) where T : class
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var answer = await Send<T>(HttpMethod.Post, path, body, key, stop);
            if (answer.Code != "request_in_progress" || clock.GetElapsedTime(start) > LongestWait) return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
        }
    }

    /// <summary>Changes the refresh token for a new pair. Refused: the session is over and its cookies go.</summary>
    public async Task<bool> Refresh(CancellationToken stop)
    {
        if (session.RefreshToken is not { } refreshToken) return false;
        var answer = await Try<Tokens>(HttpMethod.Post, "/api/sessions/refresh", new { refreshToken }, null, token: null, Gateway.LongestCall, stop);
        if (answer is { Ok: true, Value: not null }) session.Keep(answer.Value);
        else if (answer.Status is 401) session.End();
        return answer.Ok;
    }

    private async Task<Answer<T>> Send<T>(HttpMethod method, string path, object? body, string? key, CancellationToken stop) where T : class
    {
        var answer = await Try<T>(method, path, body, key, session.AccessToken, Gateway.LongestCall, stop);
        if (answer is not { Status: 401, Code: "unauthenticated" } || session.RefreshToken is null) return answer;
        if (await Refresh(stop)) return await Try<T>(method, path, body, key, session.AccessToken, Gateway.LongestCall, stop);
        // A refresh token that nobody refused is still good: Users is away, the session is not over.
        return session.RefreshToken is null ? answer : answer with { Status = 503 };
    }

    private async Task<Answer<T>> Try<T>(HttpMethod method, string path, object? body, string? key, string? token, TimeSpan longest, CancellationToken stop) where T : class
    {
        var mayRepeat = method != HttpMethod.Post || key is not null;
        try
        {
            using var response = await gateway.Send(() => Request(method, path, body, key, token, Visitor.Languages(accessor.HttpContext)), Visitor.Address(accessor.HttpContext), mayRepeat, longest, stop);
            return await Read<T>(response, stop);
        }
        catch (HttpRequestException)
        {
            return new(503, null, Refusal.Unknown);
        }
        catch (TimeoutException)
        {
            return new(504, null, Refusal.Unknown);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? key, string? token, string? languages)
    {
        var request = new HttpRequestMessage(method, new Uri(path.TrimStart('/'), UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body, options: Json);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (languages is not null) request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        return request;
    }

    private static async Task<Answer<T>> Read<T>(HttpResponseMessage response, CancellationToken stop) where T : class
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new(status, response.Content.Headers.ContentType is null ? null : await response.Content.ReadFromJsonAsync<T>(Json, stop), Refusal.Unknown);
        var isProblem = response.Content.Headers.ContentType?.MediaType is "application/problem+json";
        return new(status, null, isProblem ? await response.Content.ReadFromJsonAsync<Refusal>(Json, stop) ?? Refusal.Unknown : Refusal.Unknown);
    }
}
