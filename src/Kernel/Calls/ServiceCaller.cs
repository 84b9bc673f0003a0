using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Stoa.Kernel;

/// <summary>What another service answered.</summary>
/// <param name="Status">The HTTP status, below 500.</param>
/// <param name="Value">The body of a success; default when there was none.</param>
/// <param name="Code">The problem's code of a refusal; null for a success.</param>
/// <param name="Detail">The problem's detail.</param>
public sealed record Answer<T>(int Status, T? Value, string? Code, string? Detail)
{
    /// <summary>Whether it was a success with a body.</summary>
    public bool Ok => Status is >= 200 and < 300;
}

/// <summary>Calls one other service: with a deadline that travels along, this service's token, retries with jitter for
/// calls that may be repeated, a circuit breaker and a limit on how many run at once. Replicas are taken in turn.</summary>
public sealed class ServiceCaller : IDisposable
{
    private const int MostAtOnce = 256;
    private const int MostWaiting = 512;
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(3);

    private readonly string _service;
    private readonly Uri[] _urls;
    private readonly HttpClient _http;
    private readonly ServiceTokens _tokens;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<HttpResponseMessage> _once;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeated;
    private readonly ConcurrencyLimiter _limit = new(new() { PermitLimit = MostAtOnce, QueueLimit = MostWaiting });
    private int _turn;

    internal ServiceCaller(string service, Uri[] urls, HttpClient http, ServiceTokens tokens, TimeProvider clock, Entropy entropy)
    {
        _service = service;
        _urls = urls;
        _http = http;
        _tokens = tokens;
        _clock = clock;
        _once = Breaker(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }).Build();
        _repeated = Breaker(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(25),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = entropy.Fraction,
            ShouldHandle = one => ValueTask.FromResult(one.Outcome.Exception is HttpRequestException || one.Outcome.Result?.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway),
        })).Build();
    }

    /// <summary>Reads.</summary>
    /// <param name="path">Without a slash in front.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="longest">The longest a try may take, where a call is known to wait (a feed); null for 3 s or what the request has left.</param>
    /// <exception cref="UnavailableException">No answer in time, a 5xx, or the breaker is open.</exception>
    public Task<Answer<T>> Get<T>(string path, CancellationToken stop, TimeSpan? longest = null) => Send<T>(HttpMethod.Get, path, null, longest is null, longest, stop);

    /// <summary>Writes something that may be written twice.</summary>
    /// <inheritdoc cref="Get{T}"/>
    public Task<Answer<T>> Put<T>(string path, object? body, CancellationToken stop) => Send<T>(HttpMethod.Put, path, body, true, null, stop);

    /// <summary>Sends once: never repeated by itself.</summary>
    /// <inheritdoc cref="Get{T}"/>
    public Task<Answer<T>> Post<T>(string path, object? body, CancellationToken stop) => Send<T>(HttpMethod.Post, path, body, false, null, stop);

    /// <summary>Ends its connections.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _limit.Dispose();
    }

    private async Task<Answer<T>> Send<T>(HttpMethod method, string path, object? body, bool mayRepeat, TimeSpan? longest, CancellationToken stop)
    {
        if (_urls.Length == 0) throw new UnavailableException(_service);
        var length = longest ?? (Deadline.Left is { } left && left < OneTry ? left : OneTry);
        if (length <= TimeSpan.Zero) throw new UnavailableException(_service);
        using var late = new CancellationTokenSource(length, _clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            using var permit = await _limit.AcquireAsync(1, over.Token);
            if (!permit.IsAcquired) throw new UnavailableException(_service);
            using var response = await (mayRepeat ? _repeated : _once).ExecuteAsync(
                async token => await _http.SendAsync(Request(method, path, body, length), HttpCompletionOption.ResponseContentRead, token), over.Token);
            return await Read<T>(response, stop);
        }
        catch (Exception fault) when (fault is HttpRequestException or BrokenCircuitException or JsonException
            || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new UnavailableException(_service, fault);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object? body, TimeSpan length)
    {
        var url = _urls[(uint)Interlocked.Increment(ref _turn) % _urls.Length];
        var request = new HttpRequestMessage(method, new Uri(url, path));
        request.Headers.TryAddWithoutValidation(ServiceTokens.Header, _tokens.For(_service));
        request.Headers.TryAddWithoutValidation(Deadline.Header, ((int)length.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json.Options);
        return request;
    }

    private async Task<Answer<T>> Read<T>(HttpResponseMessage response, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        if (status >= 500) throw new UnavailableException(_service);
        if (status >= 400)
        {
            var problem = await response.Content.ReadFromJsonAsync<Refusal>(Json.Options, stop);
            return new Answer<T>(status, default, problem?.Code, problem?.Detail);
        }

        return new Answer<T>(status, status == 204 ? default : await response.Content.ReadFromJsonAsync<T>(Json.Options, stop), null, null);
    }

    private static ResiliencePipelineBuilder<HttpResponseMessage> Breaker(ResiliencePipelineBuilder<HttpResponseMessage> builder) =>
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(5),
            BreakDuration = TimeSpan.FromMilliseconds(500),
            ShouldHandle = one => ValueTask.FromResult(one.Outcome.Exception is HttpRequestException),
        });

    private sealed record Refusal(string? Code, string? Detail);
}
