using System.Net;
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
