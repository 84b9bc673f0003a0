using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>Where staff work: asks through the Gateway, past its link, until the answer is the one that is wanted.</summary>
public sealed class Desk : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    private Desk(Store store) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = store[Topology.Gateway].Plan.Url, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Logs in.</summary>
    public static async Task<Desk> Open(Store store, CancellationToken stop)
    {
        var desk = new Desk(store);
        var session = await desk.Post("/api/sessions", new { store.Staff.Email, store.Staff.Password }, HttpStatusCode.Created, stop);
        desk._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        return desk;
    }

    /// <summary>Reads.</summary>
    public Task<JsonElement> Get(string path, CancellationToken stop) =>
        Until(HttpStatusCode.OK, () => new HttpRequestMessage(HttpMethod.Get, path), stop);

    /// <summary>Acts.</summary>
    /// <param name="done">The refusal that says that an earlier try, whose answer was lost, had its effect.</param>
    public Task<JsonElement> Post(string path, object body, HttpStatusCode wanted, CancellationToken stop, string? key = null, string? done = null) => Until(wanted, () =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }, stop, done);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Services hear of one another's news by events, and may just be coming back: what is not there yet is asked again.</summary>
    private async Task<JsonElement> Until(HttpStatusCode wanted, Func<HttpRequestMessage> make, CancellationToken stop, string? done = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        for (var said = ""; ; await Task.Delay(Look, stop))
        {
            try
            {
                using var answer = await _http.SendAsync(make(), stop);
                said = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}";
                if (answer.StatusCode == wanted) return JsonSerializer.Deserialize<JsonElement>(said[4..]);
                if (done is not null && said.Contains($"\"{done}\"", StringComparison.Ordinal)) return default;
            }
            catch (Exception lost) when (lost is HttpRequestException or SocketException || (lost is TaskCanceledException && !stop.IsCancellationRequested))
            {
                said = lost.Message;
            }
            if (patience.IsCancellationRequested) throw new CannotGoOnException($"The store does not do what staff ask: {said}");
        }
    }
}
