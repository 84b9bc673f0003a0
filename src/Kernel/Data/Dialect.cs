using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Stoa.Kernel;

/// <summary>All that differs between the two engines in SQL; everything else is written once.</summary>
/// <param name="Name"><c>sqlite</c> or <c>postgres</c>: also the infix of a migration that one engine alone needs.</param>
/// <param name="Lock">Put behind a SELECT on which a decision rests: locks the rows read until the commit. SQLite has one writer and needs none.</param>
public sealed partial record Dialect(string Name, string Lock)
{
    /// <summary>The embedded engine.</summary>
    public static Dialect Sqlite { get; } = new("sqlite", "");

    /// <summary>The server.</summary>
    public static Dialect Postgres { get; } = new("postgres", " FOR UPDATE");

    /// <summary>Chooses by the connection string: <c>Host=</c> names a PostgreSQL server.</summary>
    public static Dialect Of(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? Postgres : Sqlite;

    private static readonly ConcurrentDictionary<string, string> Spelled = new(StringComparer.Ordinal);

    internal bool IsPostgres => Name == "postgres";

    /// <summary>Serialises transactions that name the same text, until their commit.</summary>
    internal string LockText => IsPostgres ? "SELECT pg_advisory_xact_lock(hashtextextended(@text, 0))" : "";

    /// <summary><c>IN @list</c>, as statements write it, for this engine. With SQLite, Dapper writes the list out; with
    /// PostgreSQL it passes an array, which IN does not take.</summary>
    internal string Spell(string sql) => IsPostgres && sql.Contains("IN @", StringComparison.Ordinal)
        ? Spelled.GetOrAdd(sql, one => InList().Replace(one, found => (found.Groups[1].Success ? "<> ALL(" : "= ANY(") + found.Groups[2].Value + ")"))
        : sql;

    [GeneratedRegex(@"\b(NOT )?IN (@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex InList();

    /// <summary>Whether the engine undid the transaction because others ran beside it, and the same work may run again (S2).</summary>
    internal static bool MayRunAgain(Exception fault) => fault is PostgresException { SqlState: "40001" or "40P01" };

    /// <summary>Whether the engine cannot be reached, as opposed to refusing the work.</summary>
    internal static bool IsAway(Exception fault) => fault switch
    {
        // connection, resources, operator (time-outs and shutdowns), system; a standby, an idle session ended, a lock not got
        PostgresException told => told.SqlState[..2] is "08" or "53" or "57" or "58" || told.SqlState is "25006" or "25P03" or "55P03",
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } => true, // busy, locked, read-only, I/O, full, cannot open
        DbException { IsTransient: true } => true,
        _ => false,
    };
}
