namespace Stoa.Simulation;

/// <summary>How often each state, boundary and trouble was reached.</summary>
internal sealed class Coverage
{
    public SortedDictionary<string, long> Counts { get; init; } = new(StringComparer.Ordinal);

    public void Reach(string what, long times = 1)
    {
        if (times > 0) Counts[what] = Counts.GetValueOrDefault(what) + times;
    }

    public void Add(Coverage other)
    {
        foreach (var (what, times) in other.Counts) Reach(what, times);
    }

    /// <summary>What a run of many seeds has to reach, or it proves less than it says.</summary>
    public IEnumerable<string> Missing() => Required().Where(what => !Counts.ContainsKey(what));

    private static IEnumerable<string> Required()
    {
        foreach (var state in (string[])["placed", "awaiting_payment", "closing", "paid", "shipped", "delivered", "rejected", "cancelled", "refunding", "refunded"]) yield return "order: " + state;
        foreach (var state in (string[])["succeeded", "declined", "cancelled"]) yield return "attempt: " + state;
        foreach (var state in (string[])["succeeded", "failed"]) yield return "refund: " + state;
        foreach (var decision in (string[])["sold", "released", "refused", "reserved"]) yield return "reservation: " + decision;
        foreach (var service in Town.Names)
        {
            foreach (var boundary in (string[])["before a commit", "after a commit"]) yield return $"death: {service} {boundary}";
            if (service == "users") continue; // it calls nobody
            foreach (var boundary in (string[])["before a call", "after an answer"]) yield return $"death: {service} {boundary}";
        }

        foreach (var link in (string[])["shopper", "service", "provider", "webhook"])
            foreach (var trouble in (string[])["late request", "late answer", "lost request", "lost answer", "silence", "silence after the effect", "repeated", "overtaken"]) yield return $"network: {trouble}, {link}";
        foreach (var trouble in (string[])["500 before the effect", "500 after the effect", "500 that its key keeps", "429", "time-out after charging"]) yield return "provider: " + trouble;
        foreach (var trouble in (string[])["network: early, webhook", "provider: sends a webhook late", "provider: loses a webhook"]) yield return trouble;
        foreach (var jump in (string[])["by minutes", "by two hours", "by two days, keys forgotten"]) yield return "clock: jumps " + jump;
        foreach (var service in (string[])["orders", "payments", "inventory", "carts"]) yield return "disk: full, " + service;
        foreach (var service in (string[])["orders", "payments", "inventory"]) yield return "slow: " + service;
        foreach (var happened in (string[])["shopper: cancels while the order is placed", "shopper: leaves while the order is placed", "shopper: comes back to the bank's page", "handler: fails for a while", "operator: redrives parked events"]) yield return happened;
        foreach (var done in (string[])["logs in before the order", "logs in after the order", "logs in after the payment", "merges the cart", "cancels", "sends the same key again", "takes another key", "says yes at the bank", "says no at the bank", "abandons the bank's page", "pays by debit"]) yield return "shopper: " + done;
        foreach (var done in (string[])["refunds all", "refunds a part", "cancels a paid order", "ships", "delivers"]) yield return "staff: " + done;
    }
}
