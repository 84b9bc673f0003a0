using Npgsql;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>What is PostgreSQL's alone: events are numbered by a sequencer (E1), polls hear of other replicas (E9), some
/// faults run again and some outcomes are unknown (S2), a transaction is bounded in real time.</summary>
[Trait("engine", "postgres")]
public sealed class PostgresTests
{
    private static Task<TestStore> Start(TimeProvider? clock = null, Dictionary<string, string?>? settings = null) =>
        TestStore.Start([("teller", Sample.Teller), ("summer", Sample.Summer)], clock, settings);

    [PostgresFact]
    public async Task An_event_inserted_earlier_and_committed_later_is_not_skipped()
    {
        await using var store = await Start();
        await using var slow = await Connect(store);
        await using var earlier = await slow.BeginTransactionAsync();
        await Insert(slow, 1);
        await store.Api("teller").Post("/tell/10");
        await SumIs(store, 10);
        await earlier.CommitAsync();
        await SumIs(store, 11);
        Assert.Equal([(1, "a"), (2, "import")], await Log(store));
    }

    [PostgresFact]
    public async Task Events_beside_a_long_import_arrive_before_it_ends_and_then_all_of_it_without_a_gap()
    {
        await using var store = await Start();
        await using var slow = await Connect(store);
        await using var import = await slow.BeginTransactionAsync();
        await Insert(slow, 6_000); // more than one step of the sequencer takes
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.Api("teller").Post("/tell/1")));
        await SumIs(store, 50);
        await Insert(slow, 1_000);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.Api("teller").Post("/tell/1")));
        await SumIs(store, 100);
        await import.CommitAsync();
        await SumIs(store, 7_100);
        Assert.Equal(Enumerable.Range(1, 7_100).Select(one => (long)one), (await Log(store)).Select(one => one.Position));
    }

    [PostgresFact]
    public async Task The_sequencer_goes_on_after_each_of_its_connections_was_ended_in_the_middle_of_a_step()
    {
        await using var store = await Start();
        await using var other = await Connect(store);
        for (var round = 1; round <= 3; round++)
        {
            await Do(other, "SELECT pg_advisory_lock(hashtextextended('event log sequencer', 0))"); // as a replica in its step
            await store.Api("teller").Post("/tell/1");
            await Eventually.Is(() => SequencerWaits(other), "the sequencer waiting for its lock");
            await Do(other, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await Do(other, "SELECT pg_advisory_unlock(hashtextextended('event log sequencer', 0))");
            await SumIs(store, round);
        }
    }

    [PostgresFact]
    public async Task A_poll_at_one_replica_hears_of_an_event_that_another_committed()
    {
        await using var store = await Start(new ManualClock()); // it stands: no poll ends by time
        var second = await store.Replicate("teller");
        for (var position = 1; position <= 5; position++)
        {
            var poll = store.Internal(second).Get($"/internal/events?after={position - 1}&wait=30");
            await store.Api(second).Get("/health/ready"); // by now the poll waits
            await store.Api("teller").Post("/tell/1");
            Assert.Equal(position, (await poll.WaitAsync(TimeSpan.FromSeconds(30))).Json.GetProperty("events")[0].GetProperty("position").GetInt64());
        }

        await store.Stop("teller"); // whoever numbered so far
        await store.Api(second).Post("/tell/1");
        Assert.Equal(6, (await store.Internal(second).Get("/internal/events?after=5&wait=30")).Json.GetProperty("events")[0].GetProperty("position").GetInt64());
    }

    [PostgresFact]
    public async Task Two_replicas_of_a_reader_apply_each_event_once()
    {
        await using var store = await Start();
        await store.Replicate("summer");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => store.Api("teller").Post("/tell/1")));
        await SumIs(store, 100);
        await store.Stop("summer#2");
        await store.Api("teller").Post("/tell/1");
        await SumIs(store, 101);
    }

    [PostgresFact]
    public async Task A_clock_that_jumps_ends_no_transaction()
    {
        var clock = new ManualClock();
        await using var store = await Start(clock);
        await store.Get<Database>("summer").Write(async tx =>
        {
            await tx.Execute("INSERT INTO numbers (value) SELECT 1 FROM pg_sleep(0.1)"); // long enough for the bound to be set
            clock.Advance(TimeSpan.FromDays(1));
            await tx.Execute("INSERT INTO numbers (value) VALUES (2)");
        });
        await SumIs(store, 3);
        await store.Api("teller").Post("/tell/4");
        await Eventually.Get(() => Log(store), log => log.Count == 1, "the event's number, though the clock stands");
    }

    [PostgresFact]
    public async Task Only_serialization_failures_and_deadlocks_run_again()
    {
        await using var store = await Start();
        var database = store.Get<Database>("summer");
        Assert.Equal(2, await Runs(database, "40001"));
        Assert.Equal(2, await Runs(database, "40P01"));
        Assert.Equal(1, await Runs(database, "23505"));
        Assert.Equal(1, await Runs(database, "55P03"));
        Assert.Equal(1, await Runs(database, "57014"));
    }

    [PostgresFact]
    public async Task Statements_and_sleeping_sessions_are_bounded_by_the_server()
    {
        await using var store = await Start();
        var database = store.Get<Database>("summer");
        Assert.Equal("10s", await database.Scalar<string>("SHOW statement_timeout"));
        Assert.Equal("10s", await database.Scalar<string>("SHOW idle_in_transaction_session_timeout"));
    }

    [PostgresFact]
    public async Task A_connection_lost_in_COMMIT_is_answered_as_unknown_whatever_became_of_it()
    {
        await using var store = await Start();
        var direct = new NpgsqlConnectionStringBuilder(store.Get<StoaOptions>("teller").Database);
        using var wire = new CuttingProxy(direct.Port);
        var teller = store.Api(await store.Replicate("teller", new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = wire.Port }.ConnectionString));
        foreach (var delivered in new[] { true, false })
        {
            var cut = wire.CutCommitAfter($"lost-{delivered}", delivered);
            var reply = await teller.Post($"/tell/1?subject=lost-{delivered}");
            await cut;
            Assert.Equal((503, "outcome_unknown"), (reply.Status, reply.Code));
            Assert.NotNull(reply.Header("Retry-After"));
        }

        Assert.Equal(200, (await teller.Post("/tell/10")).Status);
        await SumIs(store, 11); // the delivered one is there, once: nothing ran again by itself
    }

    private static Task SumIs(TestStore store, long sum) =>
        Eventually.Get(() => store.Api("summer").Get("/sum"), reply => reply.Body == $"{sum}", $"the sum {sum}");

    private static async Task<int> Runs(Database database, string sqlState)
    {
        var runs = 0;
        await Record.ExceptionAsync(() => database.Write(async tx =>
        {
            if (++runs == 1) await tx.Execute($"DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{sqlState}'; END $$");
        }));
        return runs;
    }

    /// <summary>A hand on the teller's database beside the teller.</summary>
    private static async Task<NpgsqlConnection> Connect(TestStore store)
    {
        var connection = new NpgsqlConnection(store.Get<StoaOptions>("teller").Database + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Do(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private static Task Insert(NpgsqlConnection connection, int events) => Do(connection, """
        INSERT INTO event_log (id, type, version, subject, time, data)
        SELECT gen_random_uuid(), 'number.told', 1, 'import', 0, '{"subject":"import","value":1}' FROM generate_series(1, $1)
        """, events);

    private static async Task<List<(long Position, string Subject)>> Log(TestStore store) =>
        await store.Get<Database>("teller").Query<(long, string)>("SELECT position, subject FROM event_log WHERE position IS NOT NULL ORDER BY position");

    private static async Task<bool> SequencerWaits(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory')
            """, connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
