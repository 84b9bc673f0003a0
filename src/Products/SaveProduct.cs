using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Writes a product, new or changed, with everything that follows from it: its category's count, its SKUs, its
/// words, the event and who did it. One transaction.</summary>
public static class SaveProduct
{
    /// <summary>What became of it: a refusal, or the row as it is now.</summary>
    /// <param name="Refusal">Null when it was saved.</param>
    /// <param name="Row">The row as it is now.</param>
    /// <param name="Changed">False when it was already so: no version, no event.</param>
    public sealed record Outcome(IResult? Refusal, StoredProduct? Row, bool Changed);

    /// <param name="draft">What is to be.</param>
    /// <param name="id">The product's id.</param>
    /// <param name="before">What is; null for a new one.</param>
    /// <param name="staff">Who wants it.</param>
    /// <param name="tx">Holds <see cref="Catalogue.Lock"/>.</param>
    public static async Task<Outcome> Save(ProductDraft draft, Guid id, StoredProduct? before, Guid staff, Transaction tx)
    {
        var skus = draft.Variants.Select(variant => variant.Sku);
        if (await Refusal(draft, id, before?.Number, skus, tx) is { } refusal) return new Outcome(refusal, null, false);

        var was = before?.Product;
        var product = await Make(draft, id, was, tx);
        await Catalogue.Categorise(before?.Category, draft.Category, tx);
        if (before is not null && Json.Write(product) == before.Document) return new Outcome(null, before, Changed: false);

        product = product with { Version = product.Version + 1 };
        var number = before is null ? await Insert(product, tx) : await Update(product, tx);
        await StoredProduct.WriteTexts(number, product, tx);
        await ClaimSkus(number, product, was, draft.OpeningStock, tx);
        await Search.Index(number, product, tx);
        await Catalogue.Note(was, product, staff, tx);
        tx.Append(product.ToEvent(await OpeningStock(number, tx)));
        return new Outcome(null, await StoredProduct.Find(id, tx), Changed: true);
    }

    /// <summary>What the draft makes of the product, in the version that it has: the same as before when nothing is otherwise.</summary>
    public static async Task<Product> Make(ProductDraft draft, Guid id, Product? was, Transaction tx)
    {
        var slug = draft.Slug ?? was?.Slug ?? await Catalogue.FreeSlug(draft, id, tx);
        return draft.Make(id, slug, was?.Version ?? 0, was?.CreatedAt ?? tx.Now, await Catalogue.InStock(draft.Variants.Select(variant => variant.Sku), tx));
    }

    private static async Task<IResult?> Refusal(ProductDraft draft, Guid id, long? number, IEnumerable<string> skus, Transaction tx)
    {
        if (draft.Slug is not null && await Catalogue.IsSlugTaken(draft.Slug, id, tx))
            return Problem.Of(409, "slug_taken", $"Another product's address is {draft.Slug}.");
        return await Catalogue.TakenSkus(skus, number, tx) is { Length: > 0 } taken
            ? Problem.Of(409, "sku_taken", $"Another product has the SKU {taken[0]}.", new { skus = taken })
            : null;
    }

    private static Task<long> Insert(Product product, Transaction tx) => tx.Scalar<long>("""
        INSERT INTO products (id, slug, category, price_from, in_stock, name_key, version, revision)
        VALUES (@Id, @Slug, @Category, @priceFrom, @InStock, @nameKey, @Version, 1)
        RETURNING number
        """, Columns(product));

    private static Task<long> Update(Product product, Transaction tx) => tx.Scalar<long>("""
        UPDATE products SET slug = @Slug, category = @Category, price_from = @priceFrom, in_stock = @InStock, name_key = @nameKey,
            version = @Version, revision = revision + 1
        WHERE id = @Id
        RETURNING number
        """, Columns(product));

    private static object Columns(Product product) => new
    {
        product.Id,
        product.Slug,
        product.Category,
        priceFrom = product.PriceFrom.Amount,
        product.InStock,
        nameKey = PlainText.Fold(product.Name),
        product.Version,
    };

    private static async Task ClaimSkus(long number, Product product, Product? was, IReadOnlyDictionary<string, int> opening, Transaction tx)
    {
        var (now, then) = (product.Variants.Select(variant => variant.Sku).ToHashSet(StringComparer.Ordinal), was?.Variants.Select(variant => variant.Sku) ?? []);
        foreach (var sku in then.Where(sku => !now.Remove(sku))) await tx.Execute("DELETE FROM variants WHERE sku = @sku", new { sku });
        foreach (var sku in now)
        {
            await tx.Execute("INSERT INTO variants (sku, product_number, opening_stock) VALUES (@sku, @number, @openingStock)",
                new { sku, number, openingStock = opening.GetValueOrDefault(sku) });
        }
    }

    /// <summary>It stands in each later event too: of these only the latest is kept, and Inventory may not have read the first (E7).</summary>
    private static async Task<Dictionary<string, int>> OpeningStock(long number, Transaction tx)
    {
        var rows = await tx.Query<Opening>("SELECT sku, opening_stock FROM variants WHERE product_number = @number AND opening_stock > 0", new { number });
        return rows.ToDictionary(row => row.Sku, row => row.OpeningStock, StringComparer.Ordinal);
    }

    private sealed record Opening(string Sku, int OpeningStock);
}
