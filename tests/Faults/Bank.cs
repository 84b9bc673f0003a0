using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Stoa.Faults;

/// <summary>Orders troubles of the payment provider, by the sandbox's test helpers (docs/sandbox.md).</summary>
public sealed class Bank : IDisposable
{
    /// <summary>The call that charges.</summary>
    public const string Charging = "POST /v1/payment_intents/{id}/confirm";

    private readonly HttpClient _http;

    /// <param name="url">The sandbox itself, past its link.</param>
    /// <param name="key">The provider's secret key.</param>
    public Bank(Uri url, string key)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The next calls suffer.</summary>
    /// <param name="answer">500, 429, hang or reset.</param>
    /// <param name="after">Whether they have their effect first.</param>
    /// <param name="on">Which calls; null for any.</param>
    public Task<bool> Suffer(string answer, bool after, int times, string? on = null) => Post("faults", new()
    {
        ["answer"] = answer,
        ["when"] = after ? "after" : "before",
        ["times"] = $"{times}",
        ["seconds"] = "8",
        // Stripe keeps a 500 once execution has begun, and not one from before.
        ["kept"] = answer == "500" && after ? "true" : "false",
        ["on"] = on ?? "",
    });

    /// <summary>The next webhooks are dropped, delayed or repeated.</summary>
    public Task<bool> TreatWebhooks(string treatment, int times) =>
        Post("webhooks", new() { ["treatment"] = treatment, ["times"] = $"{times}", ["seconds"] = "5" });

    /// <summary>No trouble is left.</summary>
    public Task<bool> Clear() => Post("clear", []);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <returns>Whether the bank heard it: it may be down itself.</returns>
    private async Task<bool> Post(string helper, Dictionary<string, string> form)
    {
        try
        {
            using var answer = await _http.PostAsync($"/v1/test_helpers/stoa/{helper}", new FormUrlEncodedContent(form.Where(field => field.Value.Length > 0)));
            return answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException { StatusCode: null } or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}
