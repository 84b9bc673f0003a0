using System.Data;
using System.Globalization;
using Dapper;

namespace Stoa.Kernel;

/// <summary>How values lie in columns, the same for both engines: ids in UUID, times as Unix milliseconds in BIGINT.
/// SQLite tells every number as 64 bits, so that small numbers and truth values need a hand as well.</summary>
internal static class DapperTypes
{
    static DapperTypes()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add<Guid>(DbType.Guid, id => id, value => value is Guid id ? id : Guid.Parse((string)value, CultureInfo.InvariantCulture));
        Add<DateTimeOffset>(DbType.Int64, time => time.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds((long)value));
        Add<int>(DbType.Int32, number => number, value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
        Add<bool>(DbType.Boolean, truth => truth, value => Convert.ToBoolean(value, CultureInfo.InvariantCulture));
    }

    /// <summary>Makes sure that the types are known, once a process.</summary>
    public static void Register()
    {
        // the static constructor has run by now
    }

    private static void Add<T>(DbType type, Func<T, object> write, Func<object, T> read) where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(typeof(T), new Column<T>(type, write, read));
    }

    /// <summary>Also for the nullable type: NULL is null.</summary>
    private sealed class Column<T>(DbType type, Func<T, object> write, Func<object, T> read) : SqlMapper.ITypeHandler where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = type;
            parameter.Value = value is T known ? write(known) : DBNull.Value;
        }

        public object? Parse(Type destinationType, object value) => value is DBNull ? null : read(value);
    }
}
