using System.Globalization;
using Npgsql;

namespace Stoa.Launcher;

/// <summary>
/// A store's databases on a PostgreSQL server: for each service one of its own, owned by a role of its own that may reach
/// no other service's. Made at the first start by the role that the person gave; that role is forgotten afterwards, and
/// later starts need it no more. Names and passwords lie among the store's secrets.
/// </summary>
public sealed class Postgres
{
    private const int OldestServer = 130_000;
    private const int OthersConnections = 10;   // the server's own reserve, a person with psql, a backup
    private const int FewestConnections = 2;
    private const int MostConnections = 32;

    private readonly NpgsqlConnectionStringBuilder _given;
    private readonly Secrets _secrets;
    private readonly Dictionary<string, string> _connections = [];

    private Postgres(NpgsqlConnectionStringBuilder given, Secrets secrets)
    {
        _given = given;
        _secrets = secrets;
    }

    /// <summary>Makes sure of the databases of a store, or says why not.</summary>
    /// <param name="given">What <c>--postgres</c> said; null where it was left out: the server that the store has known since.</param>
    /// <param name="secrets">The store's.</param>
    /// <param name="processes">How many processes of each service with data.</param>
    /// <returns>Null for a store without a server.</returns>
    /// <exception cref="CannotGoOnException">The server does not answer, is too old or too small, or the role may not make what is missing.</exception>
    public static Postgres? Prepare(string? given, Secrets secrets, IReadOnlyDictionary<string, int> processes)
    {
        if ((given ?? secrets.Server) is not { } server) return null;
        var postgres = new Postgres(Read(server), secrets);
        try
        {
            postgres.Prepare(processes);
        }
        catch (NpgsqlException refusal)
        {
            throw new CannotGoOnException($"PostgreSQL at {postgres._given.Host}:{postgres._given.Port} cannot be used: {refusal.Message}");
        }

        secrets.KeepServer(postgres.WithoutRole());
        return postgres;
    }

    /// <summary>What the service's processes are told.</summary>
    public string ConnectionOf(string service) => _connections[service];

    /// <summary>Deletes the databases and roles: for a store that was made for an occasion.</summary>
    public void Drop()
    {
        NpgsqlConnection.ClearAllPools();
        using var server = Open(_given);
        foreach (var service in _connections.Keys)
        {
            Do(server, $"GRANT {NameOf(service)} TO CURRENT_USER");   // who drops as an owner does
            Do(server, $"DROP DATABASE {NameOf(service)} WITH (FORCE)");
            Do(server, $"DROP ROLE {NameOf(service)}");
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = 5 };
            if (given.Host is { Length: > 0 }) return given;
        }
        catch (ArgumentException)
        {
            // said below, without the text itself: it may hold a password
        }

        throw new CannotGoOnException("--postgres takes a connection string, for example \"Host=db.example.com;Username=stoa;Password=…\".");
    }

    private void Prepare(IReadOnlyDictionary<string, int> processes)
    {
        foreach (var service in processes.Keys) _connections[service] = For(service).ConnectionString;
        var missing = processes.Keys.Where(service => !IsThere(service)).ToList();
        if (missing.Count > 0) Make(missing);
        using var first = Open(For(processes.Keys.First()));
        var room = (Number(first, "SHOW max_connections") - OthersConnections) / processes.Values.Sum();
        if (room < FewestConnections)
            throw new CannotGoOnException($"PostgreSQL takes too few connections (max_connections) for {processes.Values.Sum()} processes with data: {FewestConnections} each and {OthersConnections} for others are needed.");
        foreach (var service in processes.Keys)
            _connections[service] = new NpgsqlConnectionStringBuilder(_connections[service]) { MaxPoolSize = Math.Min(room, MostConnections) }.ConnectionString;
    }

    /// <summary>Whether the service's role gets in: then it was made by us, or by a person from our statements.</summary>
    private bool IsThere(string service)
    {
        try
        {
            using var open = Open(For(service));
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState is "3D000" or "28P01" or "28000" or "42501")
        {
            return false;   // no such database, no such role or another password, no CONNECT
        }
    }

    private void Make(List<string> missing)
    {
        using var server = OpenGiven();
        if (Number(server, "SHOW server_version_num") < OldestServer) throw new CannotGoOnException("Stoa needs PostgreSQL 13 or newer.");
        using var may = new NpgsqlCommand("SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user", server);
        if (may.ExecuteScalar() is not true) throw MayNot(missing);
        foreach (var service in missing)
        {
            foreach (var statement in Statements(server, service)) Do(server, statement);
        }
    }

    private NpgsqlConnection OpenGiven() => _given.Username is { Length: > 0 } ? Open(_given) : throw new CannotGoOnException(
        "The store's databases are not on that server. Name with --postgres a role that may make them (CREATEDB and CREATEROLE).");

    /// <summary>The role first, so that the database can be its own; then everybody else is shut out. To give a database to
    /// a role, one who is no superuser has to be a member of it for the moment.</summary>
    private IEnumerable<string> Statements(NpgsqlConnection? server, string service)
    {
        var name = NameOf(service);
        var secret = _secrets.DatabasePassword(service);
        if (server is null || Number(server, $"SELECT COUNT(*) FROM pg_roles WHERE rolname = '{name}'") == 0) yield return $"CREATE ROLE {name}";
        yield return $"ALTER ROLE {name} LOGIN NOCREATEDB NOCREATEROLE PASSWORD '{secret}'";
        yield return $"GRANT {name} TO CURRENT_USER";
        if (server is null || Number(server, $"SELECT COUNT(*) FROM pg_database WHERE datname = '{name}'") == 0)
            yield return $"CREATE DATABASE {name} OWNER {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
        yield return $"REVOKE ALL ON DATABASE {name} FROM PUBLIC";
        yield return $"REVOKE {name} FROM CURRENT_USER";
    }

    private CannotGoOnException MayNot(List<string> missing)
    {
        var file = _secrets.Keep("postgres.sql", string.Concat(missing.SelectMany(service => Statements(null, service)).Select(statement => statement + ";\n")));
        var shown = missing.SelectMany(service => Statements(null, service)).Select(statement => statement.Replace(" PASSWORD '", "\u0001", StringComparison.Ordinal))
            .Select(statement => "  " + (statement.Split('\u0001') is [var before, _] ? before + " PASSWORD '…'" : statement) + ";");
        return new CannotGoOnException($"""
            {_given.Username} may not make roles and databases. Either name a role that may (CREATEDB and CREATEROLE), or have this run once by one who may:
            {string.Join('\n', shown)}
            With the passwords it lies in {file}, readable by you alone: psql -h {_given.Host} -p {_given.Port} -U postgres -f {file}
            Then start the store again.
            """);
    }

    private NpgsqlConnectionStringBuilder For(string service) => new(WithoutRole())
    {
        Database = NameOf(service),
        Username = NameOf(service),
        Password = _secrets.DatabasePassword(service),
    };

    /// <summary>Only the way to the server.</summary>
    private string WithoutRole()
    {
        var way = new NpgsqlConnectionStringBuilder(_given.ConnectionString);
        foreach (var key in (string[])["Username", "Password", "Database", "Passfile", "Pooling", "Timeout"]) way.Remove(key);
        return way.ConnectionString;
    }

    private string NameOf(string service) => $"{_secrets.DatabasePrefix()}_{service}";

    private static NpgsqlConnection Open(NpgsqlConnectionStringBuilder to)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(to.ConnectionString) { Pooling = false, Timeout = 5, Database = to.Database ?? "postgres" }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static int Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Do(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
