using Microsoft.Data.Sqlite;

namespace Stoa.Simulation;

/// <summary>The services' databases, in memory: they outlive every death of their service, and each run of the simulation
/// begins with the same copy of a filled store.</summary>
internal sealed class Databases(IReadOnlyList<string> services)
{
    private readonly Dictionary<string, SqliteConnection> _kept = services.ToDictionary(one => one, one => Open(ConnectionString(one)), StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteConnection> _template = services.ToDictionary(one => one, _ => Open("Data Source=:memory:"), StringComparer.Ordinal);

    public static string ConnectionString(string service) => $"Data Source=stoa-{service};Mode=Memory;Cache=Shared";

    /// <summary>What is there now is what each run begins with.</summary>
    public void KeepAsTemplate()
    {
        foreach (var (service, from) in _kept) from.BackupDatabase(_template[service]);
    }

    public void Restore()
    {
        SqliteConnection.ClearAllPools();
        foreach (var (service, from) in _template) from.BackupDatabase(_kept[service]);
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }
}
