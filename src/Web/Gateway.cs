using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Web;

/// <summary>
/// The way to the public API: the Gateway's replicas in turn. Every call names the visitor that it is for and carries
/// our service token, so that the Gateway counts the visitor against its limits and not the site.
/// </summary>
public sealed class Gateway(Outbound outbound, StoaOptions options, ServiceTokens tokens)
{
    /// <summary>The API answers within 5 s; a little more, so that its own answer is the one that is shown.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(6);

    private readonly HttpClient http = outbound.Http("gateway");
    private readonly Uri[] urls = options.Urls("gateway") is { Length: > 0 } known ? known : [new Uri(options.PublicUrl + "/")];
    private int turn;

    /// <summary>Sends a call as <see cref="Send"/> does, and turns whatever comes back, silence included, into an answer.</summary>
    public async Task<ApiAnswer<T>> Ask<T>(Func<HttpRequestMessage> make, IPAddress? visitor, bool mayRepeat, TimeSpan longest, CancellationToken stop) where T : class
    {
        try
        {
            using var response = await Send(make, visitor, mayRepeat, longest, stop);
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

    private static async Task<ApiAnswer<T>> Read<T>(HttpResponseMessage response, CancellationToken stop) where T : class
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            var value = response.Content.Headers.ContentType is null ? null : await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, stop);
            return new(status, value, Refusal.Unknown) { ETag = response.Headers.ETag?.ToString() };
        }

        var isProblem = response.Content.Headers.ContentType?.MediaType is "application/problem+json";
        return new(status, null, isProblem ? await response.Content.ReadFromJsonAsync<Refusal>(JsonSerializerOptions.Web, stop) ?? Refusal.Unknown : Refusal.Unknown);
    }

    /// <summary>Sends a call; one that may be sent again goes to the next replica when the first cannot be reached.</summary>
    /// <param name="make">Makes the request, for a path without a slash in front.</param>
    /// <param name="mayRepeat">Whether it acts once however often it is sent.</param>
    /// <exception cref="HttpRequestException">No replica can be reached.</exception>
    /// <exception cref="TimeoutException">No answer within <paramref name="longest"/>.</exception>
    public async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> make, IPAddress? visitor, bool mayRepeat, TimeSpan longest, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(longest);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        var tries = mayRepeat ? urls.Length : 1;
        while (true)
        {
            using var request = make();
            request.RequestUri = new Uri(urls[(uint)Interlocked.Increment(ref turn) % urls.Length], request.RequestUri!);
            request.Headers.TryAddWithoutValidation(ServiceTokens.Header, tokens.For("gateway"));
            if (visitor is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", visitor.ToString());
            try
            {
                return await http.SendAsync(request, over.Token);
            }
            catch (HttpRequestException) when (--tries > 0)
            {
                continue;
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                throw new TimeoutException();
            }
        }
    }
}
