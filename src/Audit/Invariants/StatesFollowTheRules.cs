namespace Stoa.Audit;

/// <summary>The states that an order entered are a path through those that may follow one another, and end in its present
/// one (P1). The rules stand here a second time on purpose: code that breaks its own table is found by this one.</summary>
internal static class StatesFollowTheRules
{
    private static readonly Dictionary<string, string[]> Next = new(StringComparer.Ordinal)
    {
        [""] = ["placed"],
        ["placed"] = ["awaiting_payment", "rejected", "closing"],
        ["awaiting_payment"] = ["paid", "closing"],
        ["closing"] = ["cancelled", "paid", "awaiting_payment"],
        ["paid"] = ["shipped", "refunding", "refunded"],
        ["shipped"] = ["delivered", "refunded"],
        ["delivered"] = ["refunded"],
        ["refunding"] = ["refunded", "paid"],
        ["refunded"] = ["refunding", "shipped", "delivered"],
    };

    public static Invariant Invariant { get; } = new("states_follow_the_rules", "Each order went from state to state as the rules allow")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("orders")}, {totals.Count("states entered")}",
    };

    private static IEnumerable<string> Check(Purchase purchase)
    {
        if (purchase.Order is not { } order) yield break;
        var before = "";
        foreach (var state in order.History)
        {
            if (!Next.TryGetValue(before, out var next) || !next.Contains(state)) yield return $"entered {state} from {(before.Length == 0 ? "nothing" : before)}";
            before = state;
        }

        if (before != order.Status) yield return $"is {order.Status}, and its history ends in {(before.Length == 0 ? "nothing" : before)}";
    }
}
