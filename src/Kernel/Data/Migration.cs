using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Stoa.Kernel;

/// <summary>A numbered SQL file, applied once, forward only. Named <c>0001_orders.sql</c>, or <c>0001_orders.sqlite.sql</c>
/// and <c>0001_orders.postgres.sql</c> where the engines differ; embedded from the folder <c>Migrations</c>.</summary>
internal sealed record Migration(string Owner, int Number, string Name, string Sql)
{
    public static IReadOnlyList<Migration> Of(Assembly assembly, string owner, Dialect dialect) =>
        [.. assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Migrations.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Parse(assembly, owner, name, dialect))
            .OfType<Migration>()
            .OrderBy(migration => migration.Number)];

    public static async Task Apply(IReadOnlyList<Migration> migrations, DbConnection connection, DbTransaction? transaction, DateTimeOffset now)
    {
        await connection.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS migrations (
                owner TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
                PRIMARY KEY (owner, number))
            """, transaction: transaction);
        var done = (await connection.QueryAsync<(string Owner, long Number)>(
            "SELECT owner, CAST(number AS BIGINT) AS number FROM migrations", transaction: transaction)).ToHashSet();
        foreach (var migration in migrations.Where(one => !done.Contains((one.Owner, one.Number))))
        {
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
            await connection.ExecuteAsync(
                "INSERT INTO migrations (owner, number, name, applied_at) VALUES (@Owner, @Number, @Name, @now)",
                new { migration.Owner, migration.Number, migration.Name, now }, transaction);
        }
    }

    private static Migration? Parse(Assembly assembly, string owner, string resource, Dialect dialect)
    {
        var file = resource[(resource.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..^".sql".Length];
        var parts = file.Split('.');
        if (parts.Length > 1 && parts[1] != dialect.Name) return null;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(owner, int.Parse(parts[0][..4], CultureInfo.InvariantCulture), parts[0], reader.ReadToEnd());
    }
}
