using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Sends a delivery once, signed, and tells what came of it. Of the answer its status counts: the body is not read,
/// redirects are not followed, nothing of us is told but the event.</summary>
public sealed class SendDelivery : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    private readonly WebhookTargets _targets;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public SendDelivery(Outbound outbound, WebhookTargets targets, WebhookSecrets secrets, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(outbound);
        ArgumentNullException.ThrowIfNull(targets);
        (_targets, _secrets, _clock) = (targets, secrets, clock);
        _http = outbound.Http("webhooks", new SocketsHttpHandler
        {
            ConnectCallback = targets.Connect,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // then the name is looked up and checked anew
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false, // a proxy would connect where it likes
            MaxResponseHeadersLength = 16, // KiB
            MaxResponseDrainSize = 16 * 1024, // a longer body ends the connection
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ActivityHeadersPropagator = null, // our trace ids are nobody else's business
        });
    }

    /// <exception cref="OperationCanceledException">The service is stopping; whether it arrived is not known.</exception>
    public async Task<Outcome> Run(Webhook webhook, Delivery delivery, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(delivery);
        var url = new Uri(webhook.Url);
        if (!_targets.HasScheme(url)) return new Outcome(null, Outcome.AddressRefused); // allowed when it was registered, no longer
        using var late = new CancellationTokenSource(LongestAnswer, _clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            using var request = Write(url, webhook, delivery);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over.Token);
            return new Outcome((int)answer.StatusCode, null, Asked(answer.Headers.RetryAfter));
        }
        catch (HttpRequestException fault)
        {
            return new Outcome(null, WordFor(fault));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Outcome(null, Outcome.TimedOut);
        }
        catch (CryptographicException)
        {
            return new Outcome(null, Outcome.SecretUnreadable);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Write(Uri url, Webhook webhook, Delivery delivery)
    {
        var (id, at) = (delivery.EventId.ToString(), _clock.GetUtcNow().ToUnixTimeSeconds());
        var signature = WebhookSignature.Header(id, at, delivery.Body, Secrets(webhook));
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Stoa", ServiceHost.Version));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signature);
        return request;
    }

    private IEnumerable<byte[]> Secrets(Webhook webhook)
    {
        yield return _secrets.Open(webhook.Id, webhook.Secret);
        if (webhook.PreviousSecret is { } previous && webhook.PreviousSecretUntil > _clock.GetUtcNow()) yield return _secrets.Open(webhook.Id, previous);
    }

    private TimeSpan? Asked(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - _clock.GetUtcNow();

    /// <summary>One of a few words: the system's own would tell of the network that we stand in.</summary>
    private static string WordFor(HttpRequestException fault) => fault switch
    {
        { InnerException: AddressRefusedException } => Outcome.AddressRefused,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => Outcome.TlsFailed,
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.ConfigurationLimitExceeded } => Outcome.AnswerUnreadable,
        _ => Outcome.ConnectionFailed,
    };
}
