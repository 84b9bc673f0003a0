using System.Data;
using Dapper;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>The parts of an order that lie in its row as JSON.</summary>
internal static class JsonColumns
{
    public static void Register()
    {
        SqlMapper.AddTypeHandler(new Column<OrderLine[]>());
        SqlMapper.AddTypeHandler(new Column<Address>());
        SqlMapper.AddTypeHandler(new Column<Shortage[]>());
    }

    private sealed class Column<T> : SqlMapper.TypeHandler<T> where T : class
    {
        public override T Parse(object value) => Json.Read<T>((string)value);

        public override void SetValue(IDbDataParameter parameter, T? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value is null ? DBNull.Value : Json.Write(value);
        }
    }
}
