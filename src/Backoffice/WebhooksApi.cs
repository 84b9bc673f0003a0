using System.Text.Json;

namespace Stoa.Backoffice;

/// <summary>Merchants' webhooks and their delivery logs.</summary>
public sealed class WebhooksApi(ApiCaller caller)
{
    /// <summary>There are 20 at most.</summary>
    public Task<ApiAnswer<ListPage<Webhook>>> List(CancellationToken stop) => caller.Get<ListPage<Webhook>>("/api/webhooks?limit=100", stop);

    public Task<ApiAnswer<WebhookTypes>> Types(CancellationToken stop) => caller.Get<WebhookTypes>("/api/webhooks/types", stop);

    public Task<ApiAnswer<WebhookAndHistory>> Find(Guid id, CancellationToken stop) => caller.Get<WebhookAndHistory>($"/api/webhooks/{id}", stop);

    /// <param name="secret">Null: one is made.</param>
    public Task<ApiAnswer<Webhook>> Register(string url, string[] events, string? secret, CancellationToken stop) =>
        caller.Post<Webhook>("/api/webhooks", new { url, events, secret }, stop);

    public Task<ApiAnswer<Webhook>> Change(Guid id, string url, string[] events, CancellationToken stop) => caller.Patch<Webhook>($"/api/webhooks/{id}", new { url, events }, stop);

    public Task<ApiAnswer<Webhook>> Switch(Guid id, bool enabled, CancellationToken stop) => caller.Patch<Webhook>($"/api/webhooks/{id}", new { enabled }, stop);

    public Task<ApiAnswer<Webhook>> RotateSecret(Guid id, CancellationToken stop) => caller.Post<Webhook>($"/api/webhooks/{id}/secret", new { }, stop);

    public Task<ApiAnswer<object>> Delete(Guid id, CancellationToken stop) => caller.Delete($"/api/webhooks/{id}", stop);

    public Task<ApiAnswer<ListPage<Delivery>>> Deliveries(Guid id, string? status, string? cursor, CancellationToken stop) => caller.Get<ListPage<Delivery>>(
        $"/api/webhooks/{id}/deliveries?limit=20" + (status is null ? "" : $"&status={Uri.EscapeDataString(status)}") + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), stop);

    public Task<ApiAnswer<Delivery>> Redeliver(Guid id, Guid deliveryId, CancellationToken stop) =>
        caller.Post<Delivery>($"/api/webhooks/{id}/deliveries/{deliveryId}/redeliver", new { }, stop);
}

public sealed record WebhookTypes(string[] Items);

/// <summary>An address that is told of events.</summary>
/// <param name="Secret">In the answer that made it alone.</param>
public sealed record Webhook(
    Guid Id, string Url, string[] Events, bool Enabled, string? OffReason, DateTimeOffset? FailingSince, DateTimeOffset? PreviousSecretUntil, DateTimeOffset CreatedAt, Guid CreatedBy, string? Secret);

public sealed record WebhookAndHistory(Webhook Webhook, Change[] History);

public sealed record Delivery(Guid Id, string Type, string Status, DateTimeOffset OccurredAt, DateTimeOffset? NextAttemptAt, JsonElement Payload, DeliveryAttempt[] Attempts);

public sealed record DeliveryAttempt(DateTimeOffset At, long Milliseconds, int? StatusCode, string? Fault);
