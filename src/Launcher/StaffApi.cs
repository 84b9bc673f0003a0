using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>The public API as the store's own member of staff sees it, through the Gateway.</summary>
public sealed class StaffApi : IDisposable
{
    private readonly HttpClient _http;

    private StaffApi(Uri gateway) =>
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Its access token, for a service's own address.</summary>
    public AuthenticationHeaderValue Token => _http.DefaultRequestHeaders.Authorization!;

    /// <summary>Logs in at the store that runs on the folder.</summary>
    /// <exception cref="CannotGoOnException">No store runs there, or the account cannot log in.</exception>
    public static async Task<StaffApi> LogIn(DataFolder data, CancellationToken stop)
    {
        var run = RunFile.Require(data);
        var secrets = new Secrets(data, Environment.GetEnvironmentVariable);
        if (!secrets.KnowsStaff) throw new CannotGoOnException("The store's staff account came from the environment: set STOA_STAFF_EMAIL and STOA_STAFF_PASSWORD here too.");
        var api = new StaffApi(run.Url);
        var staff = secrets.Staff();
        var (status, session) = await api.Send(HttpMethod.Post, "/api/sessions", new { staff.Email, staff.Password }, stop);
        if (status != 201)
        {
            api.Dispose();
            throw new CannotGoOnException($"The staff account {staff.Email} cannot log in ({session.Text("code")}). Set STOA_STAFF_EMAIL and STOA_STAFF_PASSWORD to those of an account that can.");
        }

        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Text("accessToken"));
        return api;
    }

    public Task<(int Status, JsonElement Json)> Get(string path, CancellationToken stop) => Send(HttpMethod.Get, path, null, stop);

    public Task<(int Status, JsonElement Json)> Post(string path, object? body, CancellationToken stop) => Send(HttpMethod.Post, path, body, stop);

    public void Dispose() => _http.Dispose();

    private async Task<(int, JsonElement)> Send(HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", RandomNumberGenerator.GetHexString(32));
        try
        {
            using var answer = await _http.SendAsync(request, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            return ((int)answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new CannotGoOnException($"The Gateway at {_http.BaseAddress} did not answer {method} {path}: {fault.Message} Look at what is before you repeat it.");
        }
    }
}
