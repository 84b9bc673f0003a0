using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>S3 on PostgreSQL, where only the time tells that a transaction waits for something else. Beside the other tests,
/// for it takes the whole 10 s.</summary>
[Trait("engine", "postgres")]
public sealed class PostgresBoundTests
{
    [PostgresFact]
    public async Task A_transaction_that_was_given_up_holds_no_lock_and_does_nothing_more()
    {
        await using var store = await TestStore.Start([("summer", Sample.Summer)]);
        var database = store.Get<Database>("summer");
        await database.Write(tx => tx.Execute("INSERT INTO numbers (value) VALUES (1)"));
        var (asleep, late) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        await Assert.ThrowsAsync<BrokenRuleException>(() => database.Write(async tx =>
        {
            await tx.Execute("UPDATE numbers SET value = 100 WHERE value = 1");
            await asleep.Task;
            late.SetResult(await Record.ExceptionAsync(() => tx.Execute("UPDATE numbers SET value = 1000")));
        }));
        await database.Write(tx => tx.Execute("UPDATE numbers SET value = 2 WHERE value = 1")); // waits for nobody
        asleep.SetResult();
        Assert.IsType<BrokenRuleException>(await late.Task);
        Assert.Equal(2, await database.Scalar<long>("SELECT value FROM numbers"));
    }
}
