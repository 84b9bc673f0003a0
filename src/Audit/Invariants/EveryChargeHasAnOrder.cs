namespace Stoa.Audit;

/// <summary>Money that the bank took names an order of ours.</summary>
internal static class EveryChargeHasAnOrder
{
    public static Invariant Invariant { get; } = new("every_charge_has_an_order", "Every charge has an order")
    {
        OfPurchase = Check,
        Compared = totals => $"{totals.Count("charges")}, {totals.Count("orders")}",
    };

    private static IEnumerable<string> Check(Purchase purchase) =>
        purchase.Order is not null ? [] : (purchase.Bank?.Charges ?? []).Select(charge => $"charge {charge.Id} of {charge.Amount} names no order of ours");
}
