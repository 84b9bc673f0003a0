namespace Stoa.Faults.Scripts;

/// <summary>The random one, from its seed: every process is killed in turn, in an order that changes with each round, and
/// beside it runs one other trouble after the other.</summary>
/// <param name="seed">The same seed chooses the same faults in the same order; when they strike is up to the machine.</param>
public sealed class Anything(int seed) : IScript
{
    /// <summary>Within it everything that can be killed is, once: so each dies ten times in ten minutes, however many they are.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(55);

    private static readonly string[] WithData = ["orders", "payments", "inventory", "carts", "products", "notifications"];

    /// <summary>Another service for another seed.</summary>
    public string SmallDisk => WithData[(int)((uint)seed % WithData.Length)];

    /// <summary>It has other troubles.</summary>
    public bool NeedsSmallDisk => false;

    public Task Play(Stage stage) => Task.WhenAll(KillInTurn(stage, new Random(seed)), TroubleInTurn(stage, new Random(~seed)));

    private static Task KillInTurn(Stage stage, Random random) => stage.Repeat(async () =>
    {
        foreach (var process in Shuffled(stage.Mortals, random).TakeWhile(_ => !stage.IsOver))
        {
            await stage.Kill(process);
            await Task.Delay(Round / stage.Mortals.Count);
        }
    });

    private Task TroubleInTurn(Stage stage, Random random) => stage.Repeat(async () =>
    {
        foreach (var trouble in Shuffled(Troubles(stage), random).TakeWhile(_ => !stage.IsOver))
        {
            await trouble(random);
            await Task.Delay(random.Next(1000, 3000));
        }
    });

    private List<Func<Random, Task>> Troubles(Stage stage)
    {
        List<Func<Random, Task>> all =
        [
            one => stage.Pause(Some(stage, one), Seconds(one, 1, 8)),
            one => stage.Cut(Some(stage, one), Seconds(one, 0, 3)),
            one => stage.Silence(Some(stage, one), Seconds(one, 1, 5)),
            one => stage.LoseAnswers(Some(stage, one), Seconds(one, 1, 5)),
            one => stage.Slow(Some(stage, one), Seconds(one, 1, 5)),
            one => stage.Trouble("hang", after: true, one.Next(1, 4), Bank.Charging),
            one => stage.Trouble("500", one.Next(2) == 0, one.Next(1, 10)),
            one => stage.Trouble("429", after: false, one.Next(1, 20)),
            one => stage.Trouble("reset", one.Next(2) == 0, one.Next(1, 10)),
            one => stage.TreatWebhooks(new[] { "drop", "delay", "repeat" }[one.Next(3)], one.Next(10, 100)),
        ];
        if (stage.HasSmallDisk) all.Add(one => stage.FillDisk(SmallDisk, Seconds(one, 2, 6)));
        return all;
    }

    private static string Some(Stage stage, Random random) => stage.Processes[random.Next(stage.Processes.Count)];

    private static TimeSpan Seconds(Random random, double from, double to) => TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from)));

    private static List<T> Shuffled<T>(IEnumerable<T> items, Random random)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
