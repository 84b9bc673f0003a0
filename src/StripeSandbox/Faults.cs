using System.Collections.Concurrent;

namespace Stoa.StripeSandbox;

/// <summary>Troubles that tests arrange for coming requests: those that a distant provider makes without being asked.
/// They live in memory and are made only by the authenticated test helpers (ArrangeFaults), never by a request's own
/// metadata or headers.</summary>
public sealed class Faults
{
    /// <param name="On">Method and route, such as <c>POST /v1/payment_intents/{id}/confirm</c>; null: any.</param>
    /// <param name="AfterEffect">Whether the request has its effect first.</param>
    /// <param name="Answer">What the caller gets: <c>500</c>, <c>429</c>, <c>hang</c> (nothing, for a while) or <c>reset</c> (a cut connection).</param>
    /// <param name="Kept">Of a 500: whether the Idempotency-Key keeps it, as Stripe's does once execution has begun.</param>
    public sealed record Fault(string? On, bool AfterEffect, string Answer, bool Kept, TimeSpan Hang);

    /// <param name="Treatment"><c>drop</c> (lost for ever), <c>delay</c> or <c>repeat</c> (sent twice).</param>
    public sealed record WebhookFault(string? Type, string Treatment, TimeSpan Delay);

    private readonly ConcurrentDictionary<long, Fault> faults = new();
    private readonly ConcurrentDictionary<long, WebhookFault> webhooks = new();
    private long next;

    public int Count => faults.Count + webhooks.Count;

    public void Arrange(Fault fault, int times)
    {
        for (var i = 0; i < times; i++) faults[Interlocked.Increment(ref next)] = fault;
    }

    public void Arrange(WebhookFault fault, int times)
    {
        for (var i = 0; i < times; i++) webhooks[Interlocked.Increment(ref next)] = fault;
    }

    /// <summary>The first fault arranged for such a request; it strikes once.</summary>
    public Fault? Take(string operation) => Take(faults, fault => fault.On is null || fault.On == operation);

    public WebhookFault? TakeWebhook(string type) => Take(webhooks, fault => fault.Type is null || fault.Type == type);

    public void Clear()
    {
        faults.Clear();
        webhooks.Clear();
    }

    private static T? Take<T>(ConcurrentDictionary<long, T> arranged, Func<T, bool> fits) where T : class
    {
        foreach (var (number, fault) in arranged.OrderBy(entry => entry.Key))
            if (fits(fault) && arranged.TryRemove(number, out _)) return fault;
        return null;
    }
}
