using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>Something that shoppers do.</summary>
/// <param name="Name">In the command line and the tables.</param>
/// <param name="What">One line for the table.</param>
/// <param name="Shopper">Makes the shopper of that number.</param>
/// <param name="Beside">What goes on beside it, until it is told to stop; it says what it saw.</param>
internal sealed record Scenario(
    string Name, string What, Func<MeasuredStore, int, IShopper> Shopper, Func<MeasuredStore, CancellationToken, Task<string>>? Beside = null)
{
    /// <summary>Numbers of shoppers that a ratio needs beside those asked for.</summary>
    public int[] Also { get; init; } = [];

    /// <summary>More at once are not tried: the store turns away whom it cannot serve in time (logins, whose hash is slow).</summary>
    public int MostAtOnce { get; init; } = int.MaxValue;

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("product", "a product by its slug, of 1,000; one price changes every second", (store, number) => new Reads(store, number, Reads.ProductBySlug), PriceChanges.Run) { Also = [64] },
        new("list", "a page of 20 products", (store, number) => new Reads(store, number, Reads.Page)) { Also = [64] },
        new("search", "a search for a word", (store, number) => new Reads(store, number, Reads.Search)),
        new("cart", "a guest's cart: one more of something", (store, number) => new CartAdd(store, number)),
        new("order", "an order placed and reserved", (store, number) => new Orders(store, number)),
        new("purchase", "guest token, two cart adds, order, payment, until the order reads paid", (store, number) => new WholePurchase(store, number)),
        new("login", "a shopper logs in", (store, number) => new LogIn(store, number)) { MostAtOnce = 8 },
    ];
}
