using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>Collects the facts of one pass over a store and says what is wrong. Pure; it keeps counts, sums and the first
/// offenders, never the facts.</summary>
public sealed class Reading
{
    /// <summary>Of each invariant, as many offenders are kept and compared with the next pass.</summary>
    public const int MostOffenders = 1000;

    private readonly Dictionary<string, List<Offender>> _offenders = Invariant.All.ToDictionary(one => one.Id, _ => new List<Offender>(), StringComparer.Ordinal);

    public Totals Totals { get; } = new();

    public bool IsClean => _offenders.Values.All(one => one.Count == 0);

    public void Add(Purchase purchase)
    {
        Totals.Add(purchase);
        foreach (var invariant in Invariant.All)
        {
            foreach (var what in invariant.OfPurchase?.Invoke(purchase) ?? []) Note(invariant, new Offender(purchase.OrderId.Length == 0 ? "no order" : "order " + purchase.OrderId, what));
        }
    }

    public void Add(StockFacts stock)
    {
        Totals.Add(stock);
        foreach (var invariant in Invariant.All)
        {
            foreach (var what in invariant.OfStock?.Invoke(stock) ?? []) Note(invariant, new Offender("SKU " + stock.Sku, what));
        }
    }

    public void Add(IReadOnlyList<LogFacts> logs)
    {
        Totals.Add(logs);
        foreach (var invariant in Invariant.All)
        {
            foreach (var offender in invariant.OfLogs?.Invoke(logs) ?? []) Note(invariant, offender);
        }
    }

    /// <summary>What breaks an invariant.</summary>
    public IReadOnlyList<Offender> Offenders(Invariant invariant) => _offenders[invariant.Id];

    /// <summary>Leaves only offenders that another pass has seen as well, unchanged: the rest was on its way.</summary>
    public void KeepOnly(Reading other)
    {
        foreach (var (id, offenders) in _offenders)
        {
            var seen = other._offenders[id].ToHashSet();
            offenders.RemoveAll(one => !seen.Contains(one));
        }
    }

    private void Note(Invariant invariant, Offender offender)
    {
        if (_offenders[invariant.Id] is { Count: < MostOffenders } list) list.Add(offender);
    }
}
