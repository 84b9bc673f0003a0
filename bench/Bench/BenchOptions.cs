namespace Stoa.Bench;

/// <summary>What a person asked for.</summary>
/// <param name="Only">Scenarios and limits by name; empty for all.</param>
/// <param name="Shoppers">How many at once.</param>
/// <param name="WarmUp">How long each scenario runs before it is measured: a service compiles its hot code while it works.</param>
/// <param name="Lasts">How long each figure is measured.</param>
/// <param name="Steady">How long to buy at half of the top rate; zero for not at all.</param>
/// <param name="Quick">Little of everything.</param>
/// <param name="Runs">How often the whole is measured, each time on a fresh store.</param>
/// <param name="Postgres">On a PostgreSQL server of its own, with its default durability.</param>
/// <param name="Output">The folder for the files; null for none.</param>
internal sealed record BenchOptions(
    string[] Only, int[] Shoppers, TimeSpan WarmUp, TimeSpan Lasts, TimeSpan Steady, bool Quick, int Runs, bool Postgres, string? Output)
{
    /// <summary>What a quick run takes where nothing is named.</summary>
    private static readonly string[] Telling =
        ["bare endpoint", "bare hop", "PostgreSQL commits", "skeleton", "product", "list", "cart", "purchase", "flash"];

    public bool Wants(string name) => Only.Length == 0 || Only.Contains(name);

    /// <summary>What <c>--quick</c> makes of them.</summary>
    public BenchOptions Settled() => !Quick ? this : this with
    {
        Only = Only.Length > 0 ? Only : Telling,
        Shoppers = [32],
        WarmUp = TimeSpan.FromSeconds(3),
        Lasts = TimeSpan.FromSeconds(3),
    };
}
