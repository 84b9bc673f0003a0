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
        foreach (var (service, from) in _template)
        {
            MakeRoom(service);
            from.BackupDatabase(_kept[service]);
        }
    }

    /// <summary>Not a page may be added: SQLite says that the disk is full, and drops the whole transaction.</summary>
    public void Fill(string service) => Run(service, "PRAGMA max_page_count = 1"); // the least that SQLite takes is what there is

    public void MakeRoom(string service) => Run(service, "PRAGMA max_page_count = 1000000");

    /// <summary>Makes Inventory's handler of paid orders fail, as a fault of its code would.</summary>
    public void Poison() => Run("inventory", "CREATE TRIGGER poison BEFORE INSERT ON movements WHEN NEW.kind = 'sale' BEGIN SELECT RAISE(ABORT, 'poisoned'); END");

    public void Cure() => Run("inventory", "DROP TRIGGER poison");

    private void Run(string service, string statement)
    {
        using var command = _kept[service].CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString + ";Pooling=False");
        connection.Open();
        using var small = connection.CreateCommand();
        small.CommandText = "PRAGMA page_size = 1024"; // a disk that is full is met by every second write, and not by each twentieth
        small.ExecuteNonQuery();
        return connection;
    }
}
