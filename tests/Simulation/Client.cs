using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stoa.Simulation;

/// <summary>What came back.</summary>
/// <param name="Location">Where it leads; "" for nowhere.</param>
internal sealed record Reply(int Status, JsonElement Json, string Location = "")
{
    public string Text(string field) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public Guid Id => Guid.Parse(Text("id"));

    public bool Ok => Status is >= 200 and < 300;
}

/// <summary>A shopper's or a staff member's side of the API: whoever hears nothing, or "not now", asks again with the same
/// key, for such an outcome is unknown.</summary>
internal sealed class Client(Town town, Timeline timeline, Chance chance, Coverage coverage)
{
    private const int MostTries = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private readonly Dictionary<string, HttpClient> _lines = new(StringComparer.Ordinal);
    private Func<Task<Reply?>>? _again;

    public string AccessToken { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    public Guid UserId { get; private set; }

    public async Task<bool> BeGuest() => Take(await Persist("POST", "/api/sessions/guest", null));

    public async Task<bool> LogIn(string email, string? guestToken)
    {
        // A login whose answer was lost has opened a session that nobody uses: that harms nobody.
        var reply = await Persist("POST", "/api/sessions", new { email, password = Folders.Password, guestToken });
        _again = () => Persist("POST", "/api/sessions", new { email, password = Folders.Password });
        return Take(reply);
    }

    /// <summary>Until there is a definite answer.</summary>
    /// <returns>Null when there was none within our patience.</returns>
    public async Task<Reply?> Persist(string method, string path, object? body, string? key = null)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var reply = await Once(method, path, body, key);
            if (reply is { Status: 401 } && path != "/api/sessions" && path != "/api/sessions/refresh" && await Renew()) continue;
            if (reply is not null && reply.Status < 500 && reply.Status != 429 && reply.Text("code") != "request_in_progress") return reply;
            await Wait(0.2, 2.5);
        }

        return null;
    }

    /// <summary>One call.</summary>
    /// <returns>Null when the connection broke or nothing came in time.</returns>
    public async Task<Reply?> Once(string method, string path, object? body, string? key = null)
    {
        using var late = new CancellationTokenSource(Patience, timeline);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://stoa" + path);
        if (AccessToken.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new StringContent(JsonSerializer.Serialize(body, Kernel.Json.Options), Encoding.UTF8, "application/json"),
        };
        try
        {
            using var response = await Line(path).SendAsync(request, late.Token);
            var text = await response.Content.ReadAsStringAsync(late.Token);
            var reply = new Reply((int)response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default, response.Headers.Location?.OriginalString ?? "");
            coverage.Reach($"answer: {method} {Shape(path)} {reply.Status} {reply.Text("code")}".TrimEnd());
            return reply;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task Wait(double from, double to) => Task.Delay(chance.Wait(from, to), timeline);

    /// <summary>As the Gateway routes.</summary>
    private HttpClient Line(string path)
    {
        var service = path.Split('/', '?')[2] switch
        {
            "users" or "sessions" => "users",
            "products" => "products",
            "stock" => "inventory",
            "cart" => "carts",
            "orders" => "orders",
            "payments" or "refunds" => "payments",
            "3ds" or "checkout" => "sandbox",
            var other => throw new InvalidOperationException($"nobody answers to {other}"),
        };
        if (!_lines.TryGetValue(service, out var line)) _lines[service] = line = new HttpClient(town.Network.Line(null, service)) { Timeout = Timeout.InfiniteTimeSpan };
        return line;
    }

    private async Task<bool> Renew()
    {
        var reply = RefreshToken.Length > 0 ? await Once("POST", "/api/sessions/refresh", new { refreshToken = RefreshToken }) : null;
        if (reply is { Ok: true }) return Take(reply);
        return reply is not null && _again is not null && Take(await _again());
    }

    private bool Take(Reply? session)
    {
        if (session is not { Ok: true }) return false;
        (AccessToken, RefreshToken) = (session.Text("accessToken"), session.Text("refreshToken"));
        UserId = session.Json.GetProperty("user").GetProperty("id").GetGuid();
        return true;
    }

    private static string Shape(string path) => string.Join('/', path.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "{id}" : part.StartsWith("pi_", StringComparison.Ordinal) || part.StartsWith("cs_", StringComparison.Ordinal) ? "{id}" : part));
}
