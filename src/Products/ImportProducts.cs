using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff bring a catalogue: the product CSV that Shopify exports. Good lines land, bad ones are named; the same
/// file again changes nothing, so that an import which broke off is simply sent again. The file is read as it comes in
/// and committed in chunks, each followed by a pause as long as it took (S1): shoppers and other writers go on.</summary>
public static class ImportProducts
{
    public const long MostBytes = 64 << 20;

    /// <summary>More faults than a person reads are counted, but not named.</summary>
    public const int MostNamed = 1_000;

    private const int LinesInAChunk = 100;

    /// <summary>The longest that a chunk keeps other writers waiting (S1): what of it is left then comes in the next turn.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(50);

    /// <summary>What became of the file.</summary>
    /// <param name="Created">Products that are new.</param>
    /// <param name="Updated">Products that were otherwise.</param>
    /// <param name="Unchanged">Products that were so already.</param>
    /// <param name="Failed">The lines that did not land, in their order: the first 1,000 found.</param>
    /// <param name="FailedLines">How many there are in all.</param>
    public sealed record Report(int Created, int Updated, int Unchanged, IReadOnlyList<LineFault> Failed, int FailedLines);

    public static async Task<IResult> Handle(HttpRequest request, Buyer staff, StoaOptions options, Entropy entropy, TimeProvider clock,
        Database database, IHostApplicationLifetime life, CancellationToken stop)
    {
        var (report, refusal) = await Read(request, new IntoTheStore(staff, entropy), options, clock, database, life, stop);
        return refusal ?? Results.Ok(report);
    }

    /// <summary>Reads the request's file.</summary>
    /// <param name="end">Where its products go.</param>
    /// <returns>What became of it, or why it is no such file.</returns>
    internal static async Task<(Report? Report, IResult? Refusal)> Read(HttpRequest request, IImportEnd end, StoaOptions options, TimeProvider clock,
        Database database, IHostApplicationLifetime life, CancellationToken stop)
    {
        if (!IsCsv(request.ContentType)) return (null, Problem.Of(415, "unsupported_media_type", "Send text/csv in UTF-8."));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, life.ApplicationStopping);
        await using var records = new CsvRecords(PipeReader.Create(request.Body)).Read(over.Token).GetAsyncEnumerator(over.Token);
        var (columns, fault) = CsvColumns.Of(await records.MoveNextAsync() ? records.Current : null);
        if (columns is null) return (null, Problem.Validation(new Dictionary<string, string[]> { ["header"] = [fault!] }));

        var import = new Import(database, clock, options.Currency, end);
        await foreach (var lines in CsvLines.Read(records, columns, over.Token)) await import.Add(lines, columns, over.Token);
        return (await import.End(over.Token), null);
    }

    private static bool IsCsv(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType == "text/csv"
        && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private sealed class IntoTheStore(Buyer staff, Entropy entropy) : IImportEnd
    {
        public Task<string[]> Taken(CsvProduct product, StoredProduct? before, Transaction tx) => Catalogue.TakenSkus(product.Skus, before?.Number, tx);

        public Task<SaveProduct.Outcome> Save(CsvProduct product, ProductDraft draft, StoredProduct? before, Transaction tx) =>
            SaveProduct.Save(draft, before?.Id ?? entropy.NewId(), before, staff.Id, tx);
    }

    /// <summary>One file on its way.</summary>
    private sealed class Import(Database database, TimeProvider clock, string currency, IImportEnd end)
    {
        private readonly List<CsvProduct> _chunk = [];
        private readonly List<LineFault> _failed = [];
        private int _created, _updated, _unchanged, _failedLines;

        public async Task Add(CsvLines lines, CsvColumns columns, CancellationToken stop)
        {
            if (lines.Lines.Count == 0) // what stands before the first product
            {
                Name(lines.Faults);
                return;
            }

            var product = new CsvProduct(lines, columns, currency);
            if (product.IsThere) _chunk.Add(product);
            else Name(product.Faults);
            if (_chunk.Sum(one => one.Lines) >= LinesInAChunk) await Land(stop);
        }

        public async Task<Report> End(CancellationToken stop)
        {
            await Land(stop);
            return new Report(_created, _updated, _unchanged, [.. _failed.OrderBy(one => one.Line)], _failedLines);
        }

        private async Task Land(CancellationToken stop)
        {
            while (_chunk.Count > 0)
            {
                var began = Stopwatch.GetTimestamp();
                var landed = await database.Write(Turn, stop);
                _chunk.RemoveRange(0, landed.Count);
                foreach (var one in landed) Count(one);
                await Task.Delay(Stopwatch.GetElapsedTime(began), clock, stop);
            }
        }

        private async Task<List<Landed>> Turn(Transaction tx)
        {
            var (began, landed) = (Stopwatch.GetTimestamp(), new List<Landed>());
            await Catalogue.Lock(tx);
            foreach (var product in _chunk)
            {
                landed.Add(await Land(product, tx));
                if (Stopwatch.GetElapsedTime(began) > LongestTurn) break;
            }

            return landed;
        }

        private async Task<Landed> Land(CsvProduct product, Transaction tx)
        {
            var before = await StoredProduct.FindBySlug(product.Handle, tx);
            var taken = await end.Taken(product, before, tx);
            var made = product.Make(before?.Product, taken.ToHashSet(StringComparer.Ordinal));
            if (made.Draft is null) return new Landed(IsThere: false, IsNew: false, Changed: false, made.Faults);
            var saved = await end.Save(product, made.Draft, before, tx);
            return saved.Refusal is null ? new Landed(IsThere: true, before is null, saved.Changed, made.Faults)
                : throw new BrokenRuleException($"the product {product.Handle} was checked and then refused");
        }

        private void Count(Landed one)
        {
            Name(one.Faults);
            if (!one.IsThere) return;
            if (one.IsNew) _created++;
            else if (one.Changed) _updated++;
            else _unchanged++;
        }

        private void Name(IReadOnlyList<LineFault> faults)
        {
            _failedLines += faults.Count;
            _failed.AddRange(faults.Take(MostNamed - _failed.Count));
        }

        private sealed record Landed(bool IsThere, bool IsNew, bool Changed, IReadOnlyList<LineFault> Faults);
    }
}

/// <summary>Where the products of a file go: into the store, or nowhere but before staff's eyes.</summary>
internal interface IImportEnd
{
    /// <returns>The SKUs of the product that belong to others.</returns>
    Task<string[]> Taken(CsvProduct product, StoredProduct? before, Transaction tx);

    Task<SaveProduct.Outcome> Save(CsvProduct product, ProductDraft draft, StoredProduct? before, Transaction tx);
}
