using System.Net.Http.Json;
using System.Text.Json;

namespace Stoa.Web;

/// <summary>
/// Sends a visitor's call to the Gateway with the visitor's token, refreshed when the API says that it has ended, and
/// turns whatever comes back, silence included, into an <see cref="ApiAnswer{T}"/>.
/// </summary>
public sealed class ApiCaller(Gateway gateway, Session session, IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    public Task<ApiAnswer<T>> Get<T>(string path, CancellationToken stop) where T : class => Send<T>(new(HttpMethod.Get, path), stop);

    /// <summary>A read of what is so now, for whoever is going to change it: no cache answers for the service.</summary>
    public Task<ApiAnswer<T>> GetFresh<T>(string path, CancellationToken stop) where T : class => Send<T>(new(HttpMethod.Get, path, Fresh: true), stop);

    /// <summary>A read that a page can do without: tried once, for a short while.</summary>
    public Task<ApiAnswer<T>> Glance<T>(string path, CancellationToken stop) where T : class =>
        Try<T>(new(HttpMethod.Get, path), session.AccessToken, ShortWait, stop);

    /// <summary>A read that needs no session, and goes without one.</summary>
    public Task<ApiAnswer<T>> GetOpenly<T>(string path, CancellationToken stop) where T : class =>
        Try<T>(new(HttpMethod.Get, path), token: null, Gateway.LongestCall, stop);

    public Task<ApiAnswer<T>> Post<T>(string path, object body, CancellationToken stop) where T : class => Send<T>(new(HttpMethod.Post, path, body), stop);
    public Task<ApiAnswer<T>> Patch<T>(string path, object body, CancellationToken stop) where T : class => Send<T>(new(HttpMethod.Patch, path, body), stop);

    /// <param name="ifMatch">The version that is meant; 412 when it is another by now.</param>
    public Task<ApiAnswer<object>> Delete(string path, CancellationToken stop, string? ifMatch = null) =>
        Send<object>(new(HttpMethod.Delete, path, IfMatch: ifMatch), stop);

    /// <summary>Sends what is no JSON: a picture.</summary>
    /// <param name="content">Makes the body, anew for each try.</param>
    public Task<ApiAnswer<T>> PostContent<T>(string path, Func<HttpContent> content, CancellationToken stop) where T : class =>
        Send<T>(new(HttpMethod.Post, path, content), stop);

    /// <param name="ifMatch">The version that the change is made to; 412 when it is another by now.</param>
    public Task<ApiAnswer<T>> Put<T>(string path, object body, CancellationToken stop, string? ifMatch = null) where T : class =>
        Send<T>(new(HttpMethod.Put, path, body, IfMatch: ifMatch), stop);

    /// <summary>
    /// A call that may be sent twice and acts once. A second click arrives while the first is still being worked on,
    /// and the browser shows only the second's answer: so that one waits for the first's outcome (I2).
    /// </summary>
    public async Task<ApiAnswer<T>> PostOnce<T>(string path, object body, string key, CancellationToken stop) where T : class
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var answer = await Send<T>(new(HttpMethod.Post, path, body, key), stop);
            if (answer.Code != "request_in_progress" || clock.GetElapsedTime(start) > LongestWait) return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
        }
    }

    /// <summary>Changes the refresh token for a new pair. Refused: the session is over and its cookies go.</summary>
    public async Task<bool> Refresh(CancellationToken stop)
    {
        if (session.RefreshToken is not { } refreshToken) return false;
        var answer = await Try<Tokens>(new(HttpMethod.Post, "/api/sessions/refresh", new { refreshToken }), token: null, Gateway.LongestCall, stop);
        if (answer is { Ok: true, Value: not null }) session.Keep(answer.Value);
        else if (answer.Status is 401) session.End();
        return answer.Ok;
    }

    private async Task<ApiAnswer<T>> Send<T>(Call call, CancellationToken stop) where T : class
    {
        var answer = await Try<T>(call, session.AccessToken, Gateway.LongestCall, stop);
        if (answer is not { Status: 401, Code: "unauthenticated" } || session.RefreshToken is null) return answer;
        if (await Refresh(stop)) return await Try<T>(call, session.AccessToken, Gateway.LongestCall, stop);
        // A refresh token that nobody refused is still good: Users is away, the session is not over.
        return session.RefreshToken is null ? answer : answer with { Status = 503 };
    }

    private Task<ApiAnswer<T>> Try<T>(Call call, string? token, TimeSpan longest, CancellationToken stop) where T : class
    {
        var (languages, visitor) = (Visitor.Languages(accessor.HttpContext), Visitor.Address(accessor.HttpContext));
        return gateway.Ask<T>(() => call.Request(token, languages), visitor, call.MayRepeat, longest, stop);
    }

    /// <param name="Body">Sent as JSON, unless it makes the content itself.</param>
    private sealed record Call(HttpMethod Method, string Path, object? Body = null, string? Key = null, string? IfMatch = null, bool Fresh = false)
    {
        public bool MayRepeat => Method != HttpMethod.Post || Key is not null;

        public HttpRequestMessage Request(string? token, string? languages)
        {
            var request = new HttpRequestMessage(Method, new Uri(Path.TrimStart('/'), UriKind.Relative));
            if (Body is not null) request.Content = Body is Func<HttpContent> make ? make() : JsonContent.Create(Body, options: Json);
            Add("Idempotency-Key", Key);
            Add("If-Match", IfMatch);
            Add("Cache-Control", Fresh ? "no-cache" : null);
            Add("Authorization", token is null ? null : "Bearer " + token);
            Add("Accept-Language", languages);
            return request;

            void Add(string name, string? value)
            {
                if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
