using System.Security.Cryptography;
using Npgsql;
using Stoa.Kit;

namespace Stoa.Launcher.Tests;

/// <summary>A store's databases on a real server: made by whoever may, reached by nobody but their own service.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private static readonly Dictionary<string, int> Two = new() { ["orders"] = 2, ["payments"] = 1 };

    private readonly ProbeStore _place = new();
    private readonly string _maker = "maker_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    private string _given = "";

    private Secrets Secrets => new(_place.Data, _ => null);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestPostgres.Missing is not null, TestPostgres.Missing ?? "");
        await TestPostgres.Run($"CREATE ROLE {_maker} LOGIN CREATEDB CREATEROLE PASSWORD 'm'");
        _given = new NpgsqlConnectionStringBuilder(await TestPostgres.Superuser) { Username = _maker, Password = "m", Database = null }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Two.Keys)
        {
            await TestPostgres.Drop($"{Secrets.DatabasePrefix()}_{service}");
            await TestPostgres.Run($"DROP ROLE IF EXISTS {Secrets.DatabasePrefix()}_{service}");
        }

        await TestPostgres.Run($"DROP ROLE {_maker}");
        await _place.DisposeAsync();
    }

    [Fact]
    public void Each_service_gets_a_database_and_a_role_that_may_nothing_else()
    {
        var postgres = Postgres.Prepare(_given, Secrets, Two)!;
        var orders = new NpgsqlConnectionStringBuilder(postgres.ConnectionOf("orders")) { Pooling = false };
        Run(orders, "CREATE TABLE here (id INT)");
        Assert.Equal("42501", Refusal(orders, "CREATE DATABASE mine"));
        Assert.Equal("42501", Refusal(orders, "CREATE ROLE mine"));
        var others = new NpgsqlConnectionStringBuilder(orders.ConnectionString) { Database = new NpgsqlConnectionStringBuilder(postgres.ConnectionOf("payments")).Database };
        Assert.Equal("42501", Refusal(others, "SELECT 1"));
    }

    [Fact]
    public void A_later_start_finds_them_again_without_the_role_that_made_them()
    {
        var first = Postgres.Prepare(_given, Secrets, Two)!;
        Run(new NpgsqlConnectionStringBuilder(first.ConnectionOf("orders")) { Pooling = false }, "CREATE TABLE here (id INT)");
        var later = Postgres.Prepare(null, Secrets, Two)!;
        Assert.Equal(first.ConnectionOf("orders"), later.ConnectionOf("orders"));
        Run(new NpgsqlConnectionStringBuilder(later.ConnectionOf("orders")) { Pooling = false }, "INSERT INTO here VALUES (1)");
        Assert.DoesNotContain(_maker, Secrets.Server, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_make_them_is_told_what_to_have_run_and_then_they_are_used()
    {
        await TestPostgres.Run($"ALTER ROLE {_maker} NOCREATEDB");
        var refusal = Assert.Throws<CannotGoOnException>(() => Postgres.Prepare(_given, Secrets, Two));
        Assert.Contains($"CREATE DATABASE {Secrets.DatabasePrefix()}_orders OWNER {Secrets.DatabasePrefix()}_orders", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secrets.DatabasePassword("orders"), refusal.Message, StringComparison.Ordinal);
        var file = Path.Combine(_place.Data.Secrets, "postgres.sql");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        foreach (var statement in await File.ReadAllLinesAsync(file, ProbeStore.Stop)) await TestPostgres.Run(statement);
        Assert.NotNull(Postgres.Prepare(_given, Secrets, Two));
    }

    [Fact]
    public void A_temporary_store_leaves_nothing_behind()
    {
        var postgres = Postgres.Prepare(_given, Secrets, Two)!;
        postgres.Drop();
        Assert.Equal("28", Refusal(new NpgsqlConnectionStringBuilder(postgres.ConnectionOf("orders")) { Pooling = false }, "SELECT 1")?[..2]);
    }

    [Theory]
    [InlineData("db.example.com")]
    [InlineData("Host=;Username=a")]
    [InlineData("Hots=db;Password=geheim")]
    public void What_names_no_server_is_refused_without_its_password(string given)
    {
        var refusal = Assert.Throws<CannotGoOnException>(() => Postgres.Prepare(given, Secrets, Two));
        Assert.StartsWith("--postgres takes a connection string", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_named()
    {
        var refusal = Assert.Throws<CannotGoOnException>(() => Postgres.Prepare("Host=127.0.0.1;Port=1;Username=a", Secrets, Two));
        Assert.StartsWith("PostgreSQL at 127.0.0.1:1 cannot be used", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_keeps_its_data_in_files_stays_there()
    {
        Directory.CreateDirectory(_place.Data.Of("orders"));
        File.WriteAllText(_place.Data.FileOf("orders"), "");
        var refusal = Assert.Throws<CannotGoOnException>(() => _place.Open(new StoreOptions(_place.Data, Port: 0) { Postgres = _given }));
        Assert.Contains("keeps its data in files", refusal.Message, StringComparison.Ordinal);
    }

    private static void Run(NpgsqlConnectionStringBuilder to, string sql)
    {
        using var connection = new NpgsqlConnection(to.ConnectionString);
        connection.Open();
#pragma warning disable CA2100 // statements of this class
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string? Refusal(NpgsqlConnectionStringBuilder to, string sql) => (Record.Exception(() => Run(to, sql)) as PostgresException)?.SqlState;
}
