using System.Text;

namespace Stoa.Products;

/// <summary>The fields of a CSV record (RFC 4180), taken in line by line.</summary>
public sealed class CsvFields
{
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private Place _place;
    private int _taken;

    public enum State
    {
        /// <summary>It goes on in the next line.</summary>
        More,

        /// <summary>It is whole.</summary>
        Done,

        /// <summary>Its quotes do not match.</summary>
        Unclosed,
    }

    private enum Place
    {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
    }

    public IReadOnlyList<string> Fields => _fields;

    /// <summary>A record as it is written, without the end of the line.</summary>
    public static string Write(IEnumerable<string?> fields) => string.Join(',', fields.Select(Quote));

    /// <param name="line">With its end, where it has one.</param>
    /// <param name="most">The longest record, in characters: more is a quote that nobody closed.</param>
    public State Take(string line, int most)
    {
        _taken += line.Length;
        var (text, end) = Split(line);
        foreach (var letter in text)
        {
            if (!Take(letter)) return State.Unclosed;
        }

        if (_place == Place.Quoted)
        {
            _field.Append(end);
            return _taken > most ? State.Unclosed : State.More;
        }

        EndField();
        return State.Done;
    }

    public void Clear()
    {
        _fields.Clear();
        _field.Clear();
        _place = Place.FieldStart;
        _taken = 0;
    }

    /// <returns>Whether the letter may stand here.</returns>
    private bool Take(char letter)
    {
        switch (_place, letter)
        {
            case (Place.FieldStart, '"') or (Place.AfterQuote, '"'):
                if (_place == Place.AfterQuote) _field.Append('"');
                _place = Place.Quoted;
                return true;
            case (Place.Quoted, '"'):
                _place = Place.AfterQuote;
                return true;
            case (not Place.Quoted, ','):
                EndField();
                return true;
            case (Place.AfterQuote, _):
                return false;
            default:
                if (_place == Place.FieldStart) _place = Place.Plain;
                _field.Append(letter);
                return true;
        }
    }

    private void EndField()
    {
        _fields.Add(_field.ToString());
        _field.Clear();
        _place = Place.FieldStart;
    }

    private static (string Text, string End) Split(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? (line[..^2], "\r\n") : line.EndsWith('\n') ? (line[..^1], "\n") : (line, "");

    private static string Quote(string? field) =>
        field is null ? "" : field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
