using System.Net.Http.Headers;
using System.Text;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Sends each event to the webhook endpoint until it answers 2xx, for up to three days, ever more slowly
/// (https://docs.stripe.com/webhooks#automatic-retries). The queue is the events table: a commit that makes an event wakes
/// this loop, and a crash at any point leads to another sending, never to none.</summary>
public sealed partial class DeliverWebhooks(
    Database database, Sandbox sandbox, SandboxOptions options, Outbound outbound, Faults faults, Entropy entropy, TimeProvider clock, ILogger<DeliverWebhooks> log) : ILoop
{
    public const string LoopName = "webhooks";

    private const int MostAtOnce = 50;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>How soon another process's events are seen; our own wake us.</summary>
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(1);

    private readonly HttpClient http = outbound.Http("gateway");

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (options.WebhookUrl is null) return LooksAgain; // what an earlier run left waits for a run with an endpoint
        var due = await database.Query<StripeEvent>(
            $"SELECT * FROM events WHERE deliver_at <= @Now ORDER BY deliver_at, created_at, ordinal LIMIT {MostAtOnce}", new { Now = clock.GetUtcNow() }, stop);
        foreach (var waiting in due)
            if (await Claim(waiting) is { } claimed) await Deliver(claimed, stop);
        return due.Count == MostAtOnce ? TimeSpan.Zero : LooksAgain;
    }

    /// <summary>Puts the next sending off before this one is made, so that two processes do not make the same.</summary>
    private Task<StripeEvent?> Claim(StripeEvent waiting) => sandbox.Write(null, async change =>
    {
        var late = change.Now - waiting.CreatedAt >= GivenUpAfter;
        var claimed = waiting with
        {
            DeliverAt = late ? null : change.Now + LongestAnswer + entropy.BackOff(waiting.Deliveries + 1, FirstWait, LongestWait),
            Deliveries = waiting.Deliveries + 1,
        };
        var rows = await change.Tx.Execute("UPDATE events SET deliver_at = @DeliverAt, deliveries = @Deliveries WHERE id = @Id AND deliveries = @Deliveries - 1 AND deliver_at IS NOT NULL", claimed);
        if (late && rows == 1) LogGivenUp(log, waiting.Id, waiting.Type);
        return rows == 1 && !late ? claimed : null;
    });

    private async Task Deliver(StripeEvent claimed, CancellationToken stop)
    {
        switch (faults.TakeWebhook(claimed.Type))
        {
            case { Treatment: "drop" }:
                await Plan(claimed, null);
                return;
            case { Treatment: "delay" } delay:
                await Plan(claimed with { Deliveries = 0 }, clock.GetUtcNow() + delay.Delay);
                return;
            case { Treatment: "repeat" }:
                await Send(claimed, stop);
                break;
        }
        try
        {
            var delivered = await Send(claimed, stop);
            await Plan(claimed, delivered ? null : clock.GetUtcNow() + entropy.BackOff(claimed.Deliveries, FirstWait, LongestWait));
        }
        catch (OperationCanceledException)
        {
            // Stopping: whoever starts next need not wait for this claim to run out.
            await Plan(claimed, clock.GetUtcNow());
            throw;
        }
    }

    private Task<int> Plan(StripeEvent claimed, DateTimeOffset? next) => sandbox.Write(null, change =>
        change.Tx.Execute("UPDATE events SET deliver_at = @Next, deliveries = @Deliveries WHERE id = @Id", new { Next = next, claimed.Deliveries, claimed.Id }));

    private async Task<bool> Send(StripeEvent about, CancellationToken stop)
    {
        var body = about.ToJson().ToJsonString(Json.Wire);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Stripe-Signature", WebhookSignature.Header(clock.GetUtcNow(), body, options.WebhookSecret));
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        using var late = new CancellationTokenSource(LongestAnswer, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over.Token);
            if (response.IsSuccessStatusCode) return true;
            if (about.Deliveries == 1) LogRefused(log, about.Id, about.Type, (int)response.StatusCode);
            return false;
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            if (about.Deliveries == 1) LogUnreachable(log, about.Id, about.Type, fault.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "webhook {EventId} ({Type}) was answered {Status}; it is sent again")]
    private static partial void LogRefused(ILogger log, string eventId, string type, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "webhook {EventId} ({Type}) did not arrive ({Reason}); it is sent again")]
    private static partial void LogUnreachable(ILogger log, string eventId, string type, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "webhook {EventId} ({Type}) is given up after three days")]
    private static partial void LogGivenUp(ILogger log, string eventId, string type);
}
