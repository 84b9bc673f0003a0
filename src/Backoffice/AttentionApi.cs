using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>What waits for a person, and the events that could not take effect, as the services that own them tell.</summary>
public sealed class AttentionApi(ApiCaller caller)
{
    /// <summary>Every service with data, in the order in which a purchase passes them.</summary>
    public static readonly string[] Services = ["orders", "payments", "inventory", "notifications", "carts", "products"];

    public Task<ApiAnswer<NeedsAttention>> Attention(string service, CancellationToken stop) => caller.Get<NeedsAttention>($"/api/attention/{service}", stop);

    public Task<ApiAnswer<ListPage<DeadLetter>>> DeadLetters(string service, CancellationToken stop) => caller.Get<ListPage<DeadLetter>>($"/api/dead-letters/{service}?limit=100", stop);

    /// <summary>What took effect after all, newest first; a page can do without.</summary>
    public async Task<RedrivenLetter[]> Redriven(string service, CancellationToken stop) =>
        (await caller.Glance<ListPage<RedrivenLetter>>($"/api/dead-letters/{service}/redriven?limit=20", stop)).Value?.Items ?? [];

    /// <param name="subject">Null: every letter of the service.</param>
    public Task<ApiAnswer<RedriveOutcome>> Redrive(string service, string? source, string? purpose, string? subject, CancellationToken stop) =>
        caller.Post<RedriveOutcome>($"/api/dead-letters/{service}/redrive", new { source, purpose, subject }, stop);
}

public sealed record DeadLetter(
    string Source, string Purpose, long Position, string Subject, string Type, int Version, DateTimeOffset OccurredAt, string Reason, DateTimeOffset ParkedAt, JsonElement Data);

public sealed record RedrivenLetter(string Source, string Purpose, string Subject, string Type, string Reason, DateTimeOffset RedrivenAt, Guid? ActorId);

public sealed record RedriveOutcome(int Redriven, string[] Left);
