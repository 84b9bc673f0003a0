using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>Something that holds in a store at rest, whatever happened to it. Pure: facts in, what is wrong out.</summary>
/// <param name="Id">Its name in reports: a sentence in snake_case.</param>
/// <param name="Promise">The same for people.</param>
public sealed record Invariant(string Id, string Promise)
{
    /// <summary>What is wrong with an order, if it looks at orders.</summary>
    public Func<Purchase, IEnumerable<string>>? OfPurchase { get; init; }

    /// <summary>What is wrong with a SKU, if it looks at stock.</summary>
    public Func<StockFacts, IEnumerable<string>>? OfStock { get; init; }

    /// <summary>What is wrong with the logs and those who read them, if it looks at those.</summary>
    public Func<IReadOnlyList<LogFacts>, IEnumerable<Offender>>? OfLogs { get; init; }

    /// <summary>What was compared: counts and sums.</summary>
    public required Func<Totals, string> Compared { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Invariant> All { get; } =
    [
        NoOrderLost.Invariant,
        OneKeyEach.Invariant,
        ChargedAtMostOnce.Invariant,
        RefundedAtMostCharged.Invariant,
        ChargeIsTotal.Invariant,
        EveryChargeHasAnOrder.Invariant,
        BooksAgree.Invariant,
        DebitsEqualCredits.Invariant,
        StockAddsUp.Invariant,
        ReservedIsHeld.Invariant,
        EndedOrdersHoldNothing.Invariant,
        EffectsExactlyOnce.Invariant,
        StatesFollowTheRules.Invariant,
        NoDeadLetters.Invariant,
        PositionsAtHead.Invariant,
        EverythingSettles.Invariant,
    ];
}

/// <summary>What breaks an invariant. Two readings tell of the same offender when both texts are the same.</summary>
/// <param name="Subject">The order, SKU or subscription.</param>
/// <param name="What">What is wrong, with the figures.</param>
public sealed record Offender(string Subject, string What);
