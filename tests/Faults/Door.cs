using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>What came back. Status 0: the shopper lost patience without knowing the outcome.</summary>
public readonly record struct Answer(int Status, JsonElement Json)
{
    public string Id => Text("id");

    public string State => Text("status");

    public string Code => Text("code");

    public string Text(string field) => Json.ValueKind == JsonValueKind.Object ? Json.Text(field) : "";

    /// <summary>The items of a list; none of anything else.</summary>
    public IEnumerable<JsonElement> Items() =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("items", out var items) ? items.EnumerateArray() : [];
}

/// <summary>The way into the store, as a shopper's browser walks it: a lost connection, a time-out and a 5xx are unknown
/// outcomes, asked again with the same Idempotency-Key until something is known.</summary>
public sealed class Door(Uri gateway, Tally tally) : IDisposable
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = gateway,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks until the outcome is known.</summary>
    /// <param name="call">What the tally calls it.</param>
    /// <param name="body">Makes the body, anew for each try.</param>
    /// <param name="key">The Idempotency-Key, the same for each try.</param>
    /// <param name="patience">Ends the asking.</param>
    public async Task<Answer> Ask(string call, HttpMethod method, string path, Func<HttpContent>? body, string? token, string? key, CancellationToken patience)
    {
        for (var wait = FirstWait; !patience.IsCancellationRequested; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var answer = await Try(call, method, path, body, token, key, patience);
            if (answer.Status >= 500 && answer.Status != 503) tally.Surprise($"{call} was answered {answer.Status} {answer.Json}");
            if (IsKnown(answer)) return answer;
            await Task.Delay(wait, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return default;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsKnown(Answer answer) =>
        answer.Status is > 0 and < 500 and not 429 && answer.Code is not "request_in_progress";

    private async Task<Answer> Try(string call, HttpMethod method, string path, Func<HttpContent>? body, string? token, string? key, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body?.Invoke();
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);

        var began = tally.Now;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(patience);
        late.CancelAfter(OneTry);
        try
        {
            using var response = await _http.SendAsync(request, late.Token);
            var answer = await Read(response, late.Token);
            tally.Heard(call, answer.Code.Length > 0 ? $"{answer.Status} {answer.Code}" : $"{answer.Status}", tally.Now - began);
            return answer;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            if (!patience.IsCancellationRequested) tally.Heard(call, lost is OperationCanceledException ? "no answer" : "connection lost", tally.Now - began);
            return default;
        }
    }

    private static async Task<Answer> Read(HttpResponseMessage response, CancellationToken stop)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(stop);
        return new Answer((int)response.StatusCode, bytes is [(byte)'{', ..] ? JsonSerializer.Deserialize<JsonElement>(bytes) : default);
    }
}
