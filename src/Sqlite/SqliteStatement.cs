using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Stoa.Sqlite;

/// <summary>A text that SQLite has parsed, with the names of its parameters and columns: what is asked for again and again
/// is learned once.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int MostOnStack = 512;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private readonly string[] _parameters;
    private string[]? _columns;

    private SqliteStatement(SqliteConnection connection, string text, sqlite3_stmt statement)
    {
        _connection = connection;
        _statement = statement;
        Text = text;
        _parameters = new string[raw.sqlite3_bind_parameter_count(statement)];
        for (var i = 0; i < _parameters.Length; i++) _parameters[i] = raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string()[1..];
    }

    public string Text { get; }

    /// <summary>The names of what it answers; none for a statement that answers nothing.</summary>
    public string[] Columns => _columns ??= [.. Enumerable.Range(0, raw.sqlite3_column_count(_statement)).Select(i => raw.sqlite3_column_name(_statement, i).utf8_to_string())];

    /// <returns>Null for a text of several statements.</returns>
    public static SqliteStatement? Prepare(SqliteConnection connection, string text)
    {
        Check(raw.sqlite3_prepare_v2(connection.Handle, text, out var statement, out var rest), connection);
        if (string.IsNullOrWhiteSpace(rest)) return new SqliteStatement(connection, text, statement);
        statement.Dispose();
        return null;
    }

    /// <summary>Sets all parameters.</summary>
    /// <exception cref="InvalidOperationException">One has no value.</exception>
    public void Bind(SqliteParameterCollection values)
    {
        for (var i = 0; i < _parameters.Length; i++) Check(Bind(i + 1, Find(values, _parameters[i])), _connection);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result, _connection);
        return false;
    }

    /// <summary>Runs it; what it answers is not asked for.</summary>
    public void RunToEnd()
    {
        while (Step())
        {
            // the next row
        }
    }

    /// <summary>How many rows it wrote; -1 for one that only reads.</summary>
    public int Written() => raw.sqlite3_stmt_readonly(_statement) == 0 ? raw.sqlite3_changes(_connection.Handle) : -1;

    /// <summary>A value of the present row: a long, a double, a text, bytes, or DBNull.</summary>
    public object Value(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, column),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(_statement, column).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, column).ToArray(),
        _ => DBNull.Value,
    };

    /// <summary>The type of a column: that of its value, or where that is NULL the affinity of its declared type
    /// (https://www.sqlite.org/datatype3.html, 3.1). A numeric affinity, which is ours of UUIDs, counts as text.</summary>
    public Type TypeOf(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_TEXT => typeof(string),
        raw.SQLITE_BLOB => typeof(byte[]),
        _ => Affinity(Declared(column)),
    };

    /// <summary>What the table's definition calls the column's type; empty for an expression.</summary>
    public string Declared(int column) => raw.sqlite3_column_decltype(_statement, column).utf8_to_string() ?? "";

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Ready to run again; holds no snapshot and no values from here on. (The error that reset repeats was thrown by the step.)</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
    }

    public void Dispose() => _statement.Dispose();

    private static Type Affinity(string declared)
    {
        bool Has(string part) => declared.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Has("INT")) return typeof(long);
        if (Has("CHAR") || Has("CLOB") || Has("TEXT")) return typeof(string);
        if (Has("BLOB") || declared.Length == 0) return typeof(byte[]);
        return Has("REAL") || Has("FLOA") || Has("DOUB") ? typeof(double) : typeof(string);
    }

    private static object? Find(SqliteParameterCollection values, string name)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var given = values[i].ParameterName.AsSpan();
            if (given.Length > 0 && given[0] is '@' or '$' or ':') given = given[1..];
            if (given.SequenceEqual(name)) return values[i].Value;
        }

        throw new InvalidOperationException($"The statement's parameter {name} has no value.");
    }

    private int Bind(int at, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(_statement, at),
        string text => BindText(at, text),
        long or int or short or byte or bool => raw.sqlite3_bind_int64(_statement, at, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        Guid id => BindText(at, id.ToString().ToUpperInvariant()), // as the driver writes them
        double or float => raw.sqlite3_bind_double(_statement, at, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, at, bytes),
        _ => throw new NotSupportedException($"A {value.GetType()} is no value of a statement."),
    };

    private int BindText(int at, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= MostOnStack)
        {
            Span<byte> few = stackalloc byte[MostOnStack];
            return raw.sqlite3_bind_text(_statement, at, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var many = ArrayPool<byte>.Shared.Rent(most);
        var result = raw.sqlite3_bind_text(_statement, at, many.AsSpan(0, Encoding.UTF8.GetBytes(text, many)));
        ArrayPool<byte>.Shared.Return(many);
        return result;
    }

    private static void Check(int result, SqliteConnection connection) => SqliteException.ThrowExceptionForRC(result, connection.Handle);
}
