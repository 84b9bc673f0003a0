using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Says what an import of a file would make, change and leave out, and writes nothing. What is said holds for the
/// store as it is now.</summary>
public static class PreviewImport
{
    /// <summary>More products than a person reads are counted, but not told one by one.</summary>
    public const int MostTold = 200;

    /// <summary>A product that the import would make or change.</summary>
    /// <param name="Line">Where in the file it begins.</param>
    /// <param name="Handle">Its address.</param>
    /// <param name="Name">Its name from then on.</param>
    /// <param name="ProductId">Null: it would be new.</param>
    /// <param name="Variants">How many it would have.</param>
    /// <param name="Differences">What would be otherwise; null for a new one.</param>
    public sealed record Planned(int Line, string Handle, string Name, Guid? ProductId, int Variants, FieldChange[]? Differences);

    /// <summary>What would become of the file, as <see cref="ImportProducts.Report"/> counts it.</summary>
    /// <param name="Created">Products that would be new.</param>
    /// <param name="Updated">Products that would be otherwise.</param>
    /// <param name="Unchanged">Products that are so already.</param>
    /// <param name="Failed">The lines that would not land: the first 1,000 found.</param>
    /// <param name="FailedLines">How many there are in all.</param>
    /// <param name="Products">The first 200 that would be made or changed, as they come in the file.</param>
    public sealed record Preview(int Created, int Updated, int Unchanged, IReadOnlyList<LineFault> Failed, int FailedLines, IReadOnlyList<Planned> Products);

    public static async Task<IResult> Handle(HttpRequest request, StoaOptions options, TimeProvider clock, Database database,
        IHostApplicationLifetime life, CancellationToken stop)
    {
        var nowhere = new Nowhere();
        var (report, refusal) = await ImportProducts.Read(request, nowhere, options, clock, database, life, stop);
        return refusal ?? Results.Ok(new Preview(report!.Created, report.Updated, report.Unchanged, report.Failed, report.FailedLines, nowhere.Told));
    }

    /// <summary>Remembers which SKUs the file's products would take and give up, for the import's later ones would find them so.</summary>
    private sealed class Nowhere : IImportEnd
    {
        private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);
        private readonly HashSet<string> _free = new(StringComparer.Ordinal);

        private readonly Dictionary<int, Planned> _told = []; // by line: a turn that the database repeats tells nothing twice

        public Planned[] Told => [.. _told.Values.OrderBy(one => one.Line)];

        public async Task<string[]> Taken(CsvProduct product, StoredProduct? before, Transaction tx) =>
        [
            .. (await Catalogue.TakenSkus(product.Skus, before?.Number, tx)).Where(sku => !_free.Contains(sku)),
            .. product.Skus.Where(sku => _holders.TryGetValue(sku, out var holder) && holder != product.Handle),
        ];

        public async Task<SaveProduct.Outcome> Save(CsvProduct product, ProductDraft draft, StoredProduct? before, Transaction tx)
        {
            var was = before?.Product;
            var made = await SaveProduct.Make(draft, was?.Id ?? Guid.Empty, was, tx);
            var skus = made.Variants.Select(variant => variant.Sku).ToHashSet(StringComparer.Ordinal);
            foreach (var sku in skus) _holders[sku] = product.Handle;
            _free.UnionWith((was?.Variants ?? []).Select(variant => variant.Sku).Where(sku => !skus.Contains(sku)));
            if (was is not null && Json.Write(made) == before!.Document) return new SaveProduct.Outcome(null, before, Changed: false);
            if (_told.Count < MostTold) _told[product.FirstLine] = new Planned(product.FirstLine, product.Handle, made.Name, was?.Id, made.Variants.Length, was is null ? null : Differences.Between(was, made));
            return new SaveProduct.Outcome(null, before, Changed: true);
        }
    }
}
