using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace Stoa.Sqlite;

/// <summary>The rows that a statement answers, read once from the first to the last.</summary>
internal sealed class SqliteRows : DbDataReader
{
    private readonly KeepingConnection _connection;
    private readonly string[] _columns;
    private SqliteStatement? _statement;
    private bool _isFirst = true;
    private bool _more;

    /// <summary>Runs the statement up to its first row, whose values tell the columns' types.</summary>
    public SqliteRows(KeepingConnection connection, SqliteStatement statement)
    {
        HasRows = _more = statement.Step();
        _connection = connection;
        _statement = statement;
        _columns = statement.Columns;
    }

    public override int FieldCount => _columns.Length;

    public override bool HasRows { get; }

    public override bool IsClosed => _statement is null;

    public override int RecordsAffected => _statement?.Written() ?? -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    private SqliteStatement Open => _statement ?? throw new InvalidOperationException("These rows were read to their end.");

    public override bool Read()
    {
        if (!_isFirst && _more) _more = Open.Step(); // a step past the end would run the statement again
        _isFirst = false;
        return _more;
    }

    public override bool NextResult() => false;

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Read());
    }

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override string GetName(int ordinal) => _columns[ordinal];

    public override int GetOrdinal(string name) => Array.IndexOf(_columns, name) is >= 0 and var at ? at : throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");

    public override Type GetFieldType(int ordinal) => Open.TypeOf(ordinal);

    public override string GetDataTypeName(int ordinal) => Open.Declared(ordinal);

    public override object GetValue(int ordinal) => Open.Value(ordinal);

    public override bool IsDBNull(int ordinal) => Open.IsNull(ordinal);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal), CultureInfo.InvariantCulture);

    public override DateTime GetDateTime(int ordinal) => throw Not("times are kept in milliseconds");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Not("bytes come whole");

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Not("texts come whole");

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override void Close()
    {
        if (Interlocked.Exchange(ref _statement, null) is { } statement) _connection.GiveBack(statement);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }

    private static NotSupportedException Not(string why) => new(why);
}
