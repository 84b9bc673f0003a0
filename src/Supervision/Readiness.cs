using System.Net;

namespace Stoa.Supervision;

/// <summary>Asks a process whether it is ready, until it says so.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Cadence = TimeSpan.FromMilliseconds(50);

    // Loopback only, so no proxy; one slow answer must not use up the whole time to get ready.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Returns at the first 200. Ends by <paramref name="stop"/> alone otherwise.</summary>
    /// <exception cref="OperationCanceledException">Stopped before it was ready.</exception>
    public static async Task Wait(Uri url, CancellationToken stop)
    {
        var ready = new Uri(url, "/health/ready");
        while (!await Says(ready, stop)) await Task.Delay(Cadence, stop);
    }

    private static async Task<bool> Says(Uri ready, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(ready, stop);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;   // not listening yet
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;   // listening, and too busy to answer in time
        }
    }
}
