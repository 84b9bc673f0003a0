using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

public sealed class WriterTests(WriterTests.One one) : IClassFixture<WriterTests.One>
{
    public sealed class One : IAsyncLifetime
    {
        public TestStore Store { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Store = await TestStore.Start([("summer", Sample.Summer)]);

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    private Database Database => one.Store.Get<Database>("summer");

    [Fact]
    public async Task Many_writers_at_once_all_land_and_a_failing_one_rolls_back_alone()
    {
        var before = await Count();
        var writes = Enumerable.Range(0, 500).Select(i => Database.Write(async tx =>
        {
            await tx.Execute("INSERT INTO numbers (value) VALUES (@i)", new { i });
            if (i % 10 == 0) throw new InvalidOperationException("no");
        })).ToArray();
        foreach (var (write, i) in writes.Select((write, i) => (write, i)))
        {
            if (i % 10 == 0) await Assert.ThrowsAsync<InvalidOperationException>(() => write);
            else await write;
        }

        Assert.Equal(before + 450, await Count());
    }

    [Fact]
    public async Task Awaiting_anything_but_the_database_inside_a_transaction_is_a_bug_that_shows()
    {
        var before = await Count();
        await Assert.ThrowsAsync<BrokenRuleException>(() => Database.Write(async tx =>
        {
            await tx.Execute("INSERT INTO numbers (value) VALUES (1)");
            await Task.Delay(Timeout.Infinite);
        }));
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task A_read_of_one_row_of_many_holds_no_old_page_in_SQLite_although_its_statement_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("stoa-test-");
        await using (var store = await TestStore.Start([("summer", Sample.Summer)], settings: new() { ["Stoa:Database"] = $"Data Source={folder.FullName}/kept.db" }))
        {
            var database = store.Get<Database>("summer");
            for (var i = 0; i < 3; i++)
            {
                await database.Write(tx => tx.Execute("INSERT INTO numbers (value) VALUES (1), (2), (3)"));
                Assert.Equal(1, await database.Find<int>("SELECT value FROM numbers ORDER BY value"));
            }

            await database.Write(tx => tx.Execute("INSERT INTO numbers (value) VALUES (4)"));
            Assert.Equal(0, (await database.Query<(int Busy, int Pages, int Moved)>("PRAGMA wal_checkpoint(TRUNCATE)"))[0].Busy);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_conditional_write_that_meets_a_newer_state_rolls_everything_back()
    {
        var before = await Count();
        await Assert.ThrowsAsync<OvertakenException>(() => Database.Write(async tx =>
        {
            await tx.Execute("INSERT INTO numbers (value) VALUES (1)");
            await tx.Expect("the number", "UPDATE numbers SET value = 2 WHERE value = -77");
        }));
        Assert.Equal(before, await Count());
    }

    [Fact]
    public async Task Ids_times_and_truths_come_back_as_they_went_in_and_null_is_null()
    {
        var id = Guid.Parse("01900000-0000-7000-8000-0000000000AB");
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_772_366_400_123);
        var row = await Database.Find<Row>("SELECT @id AS id, CAST(@now AS BIGINT) AS at, CAST(NULL AS BIGINT) AS never, @yes AS yes, 7 AS small", new { id, now, yes = true });
        Assert.Equal(new Row(id, now, null, true, 7), row);
        Assert.Null(await Database.Scalar<DateTimeOffset?>("SELECT MAX(value) FROM numbers WHERE value = -99"));
        Assert.Null(await Database.Find<Guid?>("SELECT NULL"));
    }

    private sealed record Row(Guid Id, DateTimeOffset At, DateTimeOffset? Never, bool Yes, int Small);

    private Task<long> Count() => Database.Scalar<long>("SELECT COUNT(*) FROM numbers");
}
