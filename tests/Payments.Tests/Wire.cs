using System.Net;
using System.Text;

namespace Stoa.Payments.Tests;

/// <summary>The line between Payments and the provider, on which a test makes things go wrong.</summary>
public sealed class Wire
{
    public delegate Task<HttpResponseMessage> Call();

    /// <summary>Decides over each call: pass it on, lose its answer, or make one up. Null passes all on.</summary>
    public Func<HttpRequestMessage, Call, Task<HttpResponseMessage>>? Script { get; set; }

    /// <summary>Method and path of each call so far.</summary>
    public List<string> Calls { get; } = [];

    public int Count(string end) => Seen().Count(call => call.EndsWith(end, StringComparison.Ordinal));

    /// <summary>The provider acts, and its answer is lost.</summary>
    public void LoseAnswersTo(string end, int times = int.MaxValue) => On(end, times, async call =>
    {
        (await call()).Dispose();
        throw new HttpRequestException("the connection was reset");
    });

    /// <summary>The call never arrives.</summary>
    public void Cut(string end = "", int times = int.MaxValue) => On(end, times, _ => throw new HttpRequestException("no route"));

    public void Answer(string end, HttpStatusCode status, string body, int times = int.MaxValue) =>
        On(end, times, _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));

    public void On(string end, int times, Func<Call, Task<HttpResponseMessage>> act) => Script = (request, call) =>
        request.RequestUri!.AbsolutePath.EndsWith(end, StringComparison.Ordinal) && Interlocked.Decrement(ref times) >= 0 ? act(call) : call();

    private string[] Seen()
    {
        lock (Calls) return [.. Calls];
    }

    /// <summary>A handler of its own for each start of Payments, which disposes of it.</summary>
    public HttpMessageHandler NewLine() => new Line(this);

    private sealed class Line(Wire wire) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (wire.Calls) wire.Calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return wire.Script is { } script
                ? await script(request, () => base.SendAsync(request, cancellationToken))
                : await base.SendAsync(request, cancellationToken);
        }
    }
}
