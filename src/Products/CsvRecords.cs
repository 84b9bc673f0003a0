using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Stoa.Products;

/// <summary>One record of a CSV file, or what is wrong with it.</summary>
/// <param name="Line">The line of the file on which it begins (or the faulty line in it), from 1.</param>
/// <param name="Fields">Its fields; empty when it is faulty.</param>
/// <param name="Fault">Why it cannot be used; null when it can.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault = null);

/// <summary>Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark) record by record, in memory that does not
/// grow with the file. A broken record spoils nothing behind it: reading goes on at the line after the one where it
/// began, so that a quote which is never closed costs one line and not the rest of the file (ADR 37).</summary>
public sealed class CsvRecords(PipeReader bytes)
{
    /// <summary>The longest record: a description with its markup is far shorter.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>Each broken record is read a second time, so there is an end to them.</summary>
    private const int MostBroken = 100;

    private const byte LineFeed = (byte)'\n';
    private readonly Queue<Line> _again = new();
    private int _lines;
    private int _width;

    /// <summary>The records, the first of which names the columns. Records without any text are left out.</summary>
    public async IAsyncEnumerable<CsvRecord> Read([EnumeratorCancellation] CancellationToken stop)
    {
        var (held, record) = (new List<Line>(), new CsvFields());
        for (var broken = 0; broken < MostBroken;)
        {
            var line = await Next(stop);
            if (line is not null) held.Add(line);
            else if (held.Count == 0) yield break;
            var state = line is null ? CsvFields.State.Unclosed : record.Take(line.Text, MostBytes);
            if (state == CsvFields.State.More) continue;

            var read = Judge(state, held, record);
            if (read.Fault is not null && read.Line == held[0].Number && held.Count > 1)
            {
                broken++;
                PutBack(held.Skip(1));
            }

            if (read.Fault is not null || read.Fields.Any(field => field.Length > 0)) yield return read;
            held.Clear();
            record.Clear();
        }

        yield return new CsvRecord(_lines, [], $"more than {MostBroken} records are broken: nothing behind this line was read");
    }

    private CsvRecord Judge(CsvFields.State state, List<Line> held, CsvFields record)
    {
        var first = held[0].Number;
        if (held[0].Fault is { } unreadable) return new CsvRecord(first, [], unreadable);
        if (state == CsvFields.State.Unclosed) return new CsvRecord(first, [], "a quote is opened and never closed, or closed too early; a quote within a text is written twice");
        if (held.Find(line => line.Fault is not null) is { } within) return new CsvRecord(within.Number, [], within.Fault);
        if (_width == 0) _width = record.Fields.Count;
        return record.Fields.Count == _width || record.Fields.All(field => field.Length == 0) ? new CsvRecord(first, [.. record.Fields])
            : new CsvRecord(first, [], $"has {record.Fields.Count} fields where the first line names {_width}; a text with a comma stands in quotes");
    }

    private void PutBack(IEnumerable<Line> lines)
    {
        Line[] behind = [.. lines, .. _again];
        _again.Clear();
        foreach (var line in behind) _again.Enqueue(line);
    }

    private async ValueTask<Line?> Next(CancellationToken stop)
    {
        if (_again.TryDequeue(out var again)) return again;
        for (var tooLong = false; ;)
        {
            var read = await bytes.ReadAsync(stop);
            if (read.Buffer.PositionOf(LineFeed) is { } feed)
            {
                var end = read.Buffer.GetPosition(1, feed);
                return Cut(read.Buffer.Slice(0, end), end, tooLong);
            }

            if (read.IsCompleted) return read.Buffer.IsEmpty && !tooLong ? null : Cut(read.Buffer, read.Buffer.End, tooLong);
            tooLong |= read.Buffer.Length > MostBytes;
            bytes.AdvanceTo(tooLong ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
        }
    }

    private Line Cut(ReadOnlySequence<byte> line, SequencePosition end, bool tooLong)
    {
        var number = ++_lines;
        var cut = tooLong || line.Length > MostBytes ? new Line(number, "\n", $"is longer than {MostBytes / 1024} KiB") : Decode(number, line.ToArray());
        bytes.AdvanceTo(end);
        return cut;
    }

    /// <summary>What is not UTF-8 is read as Latin-1: its quotes and commas still say where the record ends.</summary>
    private static Line Decode(int number, ReadOnlySpan<byte> line)
    {
        if (number == 1 && line.StartsWith(Encoding.UTF8.Preamble)) line = line[3..];
        if (!Utf8.IsValid(line)) return new Line(number, Encoding.Latin1.GetString(line), "is not UTF-8; save the file as \"CSV UTF-8\"");
        return new Line(number, Encoding.UTF8.GetString(line), line.Contains((byte)0) ? "holds the character U+0000, which is no text" : null);
    }

    private sealed record Line(int Number, string Text, string? Fault);
}
