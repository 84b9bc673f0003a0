using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>
/// Asks a service under <c>/internal</c>, in the name of whoever owns the data folder: how far it has read, which events
/// are parked; and lets parked events take effect again. Each service knows the operator's public key as one of its neighbours'.
/// </summary>
public static class Ask
{
    /// <summary>What the operator is called among services.</summary>
    public const string Asker = "operator";

    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <param name="path">Such as <c>dead-letters</c>; what stands under /internal.</param>
    /// <param name="post">Acts instead of reading.</param>
    /// <returns>0 when it was answered with a success.</returns>
    public static async Task<int> Run(DataFolder data, string service, string path, bool post, CancellationToken stop)
    {
        var (succeeded, said) = await Send(Http, data, service, path, post ? HttpMethod.Post : HttpMethod.Get, stop);
        Console.WriteLine(said);
        return succeeded ? 0 : 1;
    }

    /// <summary>The same for other commands.</summary>
    /// <param name="http">Knows how long to wait.</param>
    public static async Task<(bool Succeeded, string Said)> Send(HttpClient http, DataFolder data, string service, string path, HttpMethod method, CancellationToken stop)
    {
        var processes = RunFile.Require(data).Processes;
        var process = processes.FirstOrDefault(one => one.Name == service)
            ?? throw new CannotGoOnException($"There is no process \"{service}\". There are {string.Join(", ", processes.Select(one => one.Name))}.");

        var key = new Secrets(data, Environment.GetEnvironmentVariable).ServiceKey(Asker).File;
        using var request = new HttpRequestMessage(method, new Uri(process.Url, "/internal/" + path.TrimStart('/')));
        request.Headers.Add("Stoa-Service-Token", Token(await File.ReadAllTextAsync(key, stop), service.Split('-')[0], TimeProvider.System.GetUtcNow()));
        try
        {
            using var answer = await http.SendAsync(request, stop);
            return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (HttpRequestException silence)
        {
            throw new CannotGoOnException($"{service} at {process.Url} does not answer: {silence.Message}");
        }
    }

    /// <summary>A service token (JWT, ES256; RFC 7519) of the operator for one receiver.</summary>
    /// <param name="pem">The operator's private key, PKCS#8.</param>
    /// <param name="receiver">The service's name.</param>
    public static string Token(string pem, string receiver, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var signed = Part(new { alg = "ES256", typ = "JWT" }) + "." + Part(new
        {
            iss = Asker,
            aud = receiver,
            iat = now.ToUnixTimeSeconds(),
            nbf = (now - Lives).ToUnixTimeSeconds(),
            exp = (now + Lives).ToUnixTimeSeconds(),
        });
        return signed + "." + Base64Url.EncodeToString(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
