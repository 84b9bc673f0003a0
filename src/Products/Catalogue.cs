using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>A product's row, as a change of it needs it.</summary>
public sealed record StoredProduct(long Number, Guid Id, long Version, long Revision, string? Category, string Document)
{
    private const string Select = "SELECT number, id, version, revision, category, document FROM products JOIN product_texts USING (number)";

    /// <summary>Two parts: what staff changed, and what the answer's other changes (its stock) made of it.</summary>
    public string ETag => TagOf(Version, Revision);

    public Product Product => Json.Read<Product>(Document);

    public static string TagOf(long version, long revision) => FormattableString.Invariant($"\"{version}-{revision}\"");

    public static Task<StoredProduct?> Find(Guid id, Transaction tx) =>
        tx.Find<StoredProduct>(Select + " WHERE id = @id", new { id });

    public static Task<StoredProduct?> FindBySlug(string slug, Transaction tx) =>
        tx.Find<StoredProduct>(Select + " WHERE slug = @slug", new { slug });

    public static Task<StoredProduct?> FindBySku(string sku, Transaction tx) => tx.Find<StoredProduct>(
        Select + " WHERE number = (SELECT product_number FROM variants WHERE sku = @sku)", new { sku });

    public static Task WriteTexts(long number, Product product, Transaction tx) => tx.Execute("""
        INSERT INTO product_texts (number, listing, document) VALUES (@number, @listing, @document)
        ON CONFLICT (number) DO UPDATE SET listing = excluded.listing, document = excluded.document
        """, new { number, listing = Json.Write(product.ToList()), document = Json.Write(product) });
}

/// <summary>The rules that hold over all products.</summary>
public static class Catalogue
{
    /// <summary>Changes of the catalogue come one after the other: slugs and SKUs are checked and then taken, a product is
    /// read and then written, categories are counted. They are few; reads do not wait.</summary>
    public static Task Lock(Transaction tx) => tx.LockName("catalogue");

    /// <summary>Of these SKUs, the ones that Inventory says are in stock.</summary>
    public static async Task<HashSet<string>> InStock(IEnumerable<string> skus, Transaction tx) =>
        [.. await tx.Query<string>("SELECT sku FROM availability WHERE sku IN @skus AND in_stock", new { skus = skus.ToArray() })];

    /// <summary>Of these SKUs, the ones that belong to another product.</summary>
    public static async Task<string[]> TakenSkus(IEnumerable<string> skus, long? but, Transaction tx) =>
    [
        .. await tx.Query<string>("SELECT sku FROM variants WHERE sku IN @skus AND product_number <> @but ORDER BY sku",
            new { skus = skus.ToArray(), but = but ?? 0 }),
    ];

    public static async Task<bool> IsSlugTaken(string slug, Guid but, Transaction tx) =>
        await tx.Find<long?>("SELECT number FROM products WHERE slug = @slug AND id <> @but", new { slug, but }) is not null;

    /// <summary>A slug for a product that was not given one: of its name, with a number behind it when that is taken.</summary>
    public static async Task<string> FreeSlug(ProductDraft draft, Guid id, Transaction tx)
    {
        var wanted = PlainText.Slug(draft.Name);
        if (wanted.Length == 0 || ProductInput.IsTaken(wanted)) wanted = "p-" + PlainText.Slug(draft.Variants[0].Sku);
        if (!await IsSlugTaken(wanted.Trim('-'), id, tx)) return wanted.Trim('-');
        for (var number = 2; number < 10; number++)
        {
            var slug = FormattableString.Invariant($"{wanted}-{number}");
            if (!await IsSlugTaken(slug, id, tx)) return slug;
        }

        return FormattableString.Invariant($"{wanted}-{id.ToString("N")[20..]}");
    }

    /// <summary>Keeps who made what of a product, with what it was before and after.</summary>
    /// <param name="before">Null: it is new.</param>
    /// <param name="after">Null: it is deleted.</param>
    /// <param name="staff">Who did it.</param>
    /// <param name="tx">Of the change itself.</param>
    public static Task Note(Product? before, Product? after, Guid staff, Transaction tx) => tx.Execute("""
        INSERT INTO product_changes (product_id, version, kind, made_by, at, differences) VALUES (@Id, @version, @kind, @staff, @Now, @differences)
        """, new
    {
        (after ?? before)!.Id,
        version = after?.Version ?? before!.Version + 1,
        kind = before is null ? "created" : after is null ? "deleted" : "changed",
        staff,
        tx.Now,
        differences = Json.Write(Differences.Between(before, after)),
    });

    /// <summary>Moves a product between categories, or into or out of one, and keeps their counts.</summary>
    public static async Task Categorise(string? from, CategoryDraft? to, Transaction tx)
    {
        if (to is not null)
        {
            await tx.Execute("""
                INSERT INTO categories (slug, name, products) VALUES (@Slug, @first, 0)
                ON CONFLICT (slug) DO UPDATE SET name = COALESCE(@Name, categories.name)
                """, new { to.Slug, to.Name, first = to.Name ?? NameOf(to.Slug) });
        }

        if (from == to?.Slug) return;
        if (from is not null) await tx.Execute("UPDATE categories SET products = products - 1 WHERE slug = @from", new { from });
        if (to is not null) await tx.Execute("UPDATE categories SET products = products + 1 WHERE slug = @Slug", new { to.Slug });
    }

    private static string NameOf(string slug) => string.Concat(slug[..1].ToUpperInvariant(), slug.AsSpan(1).ToString().Replace('-', ' '));
}
