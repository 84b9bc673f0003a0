namespace Stoa.Contracts;

/// <summary>Every service with data, <c>GET /api/attention/{service}</c>: what of its own waits for a person.</summary>
/// <param name="Items">A row a kind; none when nothing waits.</param>
public sealed record NeedsAttention(AttentionRow[] Items);

/// <summary>Things of one kind that wait for a person.</summary>
/// <param name="Kind">Such as <c>refund_escalated</c>; the runbook has a page for each.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Since">Since when the oldest waits; null where that is not kept.</param>
/// <param name="Things">The oldest of them, 20 at most.</param>
public sealed record AttentionRow(string Kind, int Count, DateTimeOffset? Since, AttentionThing[] Things);

/// <summary>One thing that waits for a person.</summary>
/// <param name="Subject">Its id or name at its service.</param>
/// <param name="OrderId">The order that it is about, if any.</param>
/// <param name="Since">Since when it waits; null where that is not kept.</param>
/// <param name="Detail">More of it, in a few words; nothing personal (E8).</param>
public sealed record AttentionThing(string Subject, Guid? OrderId, DateTimeOffset? Since, string Detail);
