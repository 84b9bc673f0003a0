using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>A log of state keeps the last event of each subject (E7).</summary>
public sealed class CompactionTests
{
    [Fact]
    public async Task Forgets_what_a_later_event_of_the_same_subject_replaces()
    {
        await using var store = await TestStore.Start([("teller", Sample.TellerOfState)]);
        await Tell(store, "a", 1);
        await Tell(store, "a", 2);
        await Tell(store, "b", 3);
        await Compacted(store, upTo: 3);

        Assert.Equal(["2 a", "3 b"], await Kept(store));
    }

    [Fact]
    public async Task Goes_on_where_it_was_and_reaches_back_to_what_it_kept_then()
    {
        await using var store = await TestStore.Start([("teller", Sample.TellerOfState)]);
        await Tell(store, "a", 1);
        await Tell(store, "b", 2);
        await Compacted(store, upTo: 2);
        await store.Stop("teller");
        await store.Run("teller");
        await Tell(store, "a", 3);
        await Compacted(store, upTo: 3);

        Assert.Equal(["2 b", "3 a"], await Kept(store));
    }

    [Fact]
    public async Task Takes_a_long_log_in_steps_and_leaves_every_place()
    {
        const int Long = 2_500; // two and a half steps
        await using var store = await TestStore.Start([("teller", Sample.TellerOfState)]);
        foreach (var numbers in Enumerable.Range(0, Long).Chunk(100))
        {
            await store.Get<Database>("teller").Write(tx =>
            {
                foreach (var number in numbers) tx.Append(new Sample.NumberTold($"{number % 7}", number));
                return Task.CompletedTask;
            });
        }

        await Compacted(store, upTo: Long);

        Assert.Equal(Enumerable.Range(Long - 6, 7).Select(position => $"{position} {(position - 1) % 7}"), await Kept(store));
        Assert.Equal(Long, await store.Get<Database>("teller").Scalar<int>("SELECT COUNT(*) FROM event_log"));
    }

    private static Task Tell(TestStore store, string subject, int value) => store.Api("teller").Post($"/tell/{value}?subject={subject}");

    /// <summary>Wakes the loop until it has seen the whole log: on PostgreSQL events get their positions a little later.</summary>
    private static Task Compacted(TestStore store, int upTo) => Eventually.Is(async () =>
    {
        store.Get<LoopRegistry>("teller").Wake("housekeeping");
        return await store.Get<Database>("teller").Scalar<long>("SELECT compacted FROM event_log_epoch") == upTo;
    }, "the log compacted");

    private static async Task<IEnumerable<string>> Kept(TestStore store) =>
        (await store.Get<Database>("teller").Query<(long Position, string Subject)>("SELECT position, subject FROM event_log WHERE data IS NOT NULL ORDER BY position"))
            .Select(one => $"{one.Position} {one.Subject}");
}
