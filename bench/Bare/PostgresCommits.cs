using Npgsql;

namespace Stoa.Bare;

/// <summary>One-row commits to PostgreSQL, each on a connection of a pool; the server groups what waits for the disk.</summary>
public sealed class PostgresCommits : ICommits
{
    private static readonly string Row = new('x', 200);

    private readonly NpgsqlDataSource _pool;
    private readonly string _insert;

    /// <param name="connection">To the server.</param>
    /// <param name="table">Made anew: letters, digits and underscores.</param>
    /// <param name="most">How many at once.</param>
    public PostgresCommits(string connection, string table, int most)
    {
        _pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = most, MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });
        _insert = $"INSERT INTO {table} (text) VALUES ($1)";
        using var make = _pool.CreateCommand($"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)");
        make.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public async Task Add()
    {
        await using var insert = _pool.CreateCommand(_insert);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Row });
        await insert.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
