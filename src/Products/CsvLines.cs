using System.Runtime.CompilerServices;

namespace Stoa.Products;

/// <summary>A line that did not land.</summary>
/// <param name="Line">Its number in the file, from 1, line breaks within quotes counted.</param>
/// <param name="Reason">What is wrong with it, for a person.</param>
public sealed record LineFault(int Line, string Reason);

/// <summary>The lines of one product: those that follow one another with the same handle.</summary>
/// <param name="Handle">Empty where there are only lines that belong to none.</param>
public sealed record CsvLines(string Handle)
{
    /// <summary>What a product's variants and pictures can fill; what comes behind them is one too many.</summary>
    public const int Most = ProductInput.MostVariants + ProductInput.MostImages;

    public List<CsvRecord> Lines { get; } = [];

    /// <summary>What cannot be used, in it or right behind it.</summary>
    public List<LineFault> Faults { get; } = [];

    /// <summary>The file's products, one at a time: nothing is held of the others but their handles.</summary>
    /// <param name="records">Behind the header.</param>
    /// <param name="columns">The header.</param>
    /// <param name="stop">Ends it.</param>
    public static async IAsyncEnumerable<CsvLines> Read(IAsyncEnumerator<CsvRecord> records, CsvColumns columns, [EnumeratorCancellation] CancellationToken stop)
    {
        var begun = new Dictionary<string, int>(StringComparer.Ordinal);
        var current = new CsvLines("");
        while (await records.MoveNextAsync())
        {
            stop.ThrowIfCancellationRequested();
            var record = records.Current;
            var handle = record.Fault is null ? columns.Text(record, "Handle") : null;
            if (handle is not null && handle != current.Handle && begun.TryAdd(handle, record.Line))
            {
                yield return current;
                current = new CsvLines(handle);
            }

            if (current.Refuses(record, handle, begun) is { } reason) current.Faults.Add(new LineFault(record.Line, reason));
            else current.Lines.Add(record);
        }

        yield return current;
    }

    private string? Refuses(CsvRecord record, string? handle, Dictionary<string, int> begun) =>
        record.Fault is { } fault ? fault
        : handle is null ? "Handle is missing"
        : handle != Handle ? $"the handle {handle} began at line {begun[handle]}: a product's lines must follow one another"
        : Lines.Count == Most ? $"is one line too many for a product, which has at most {ProductInput.MostVariants} variants and {ProductInput.MostImages} pictures"
        : null;
}
