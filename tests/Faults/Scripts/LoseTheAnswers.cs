namespace Stoa.Faults.Scripts;

/// <summary>What is asked happens and nobody hears of it: reservations, closures, charges, payments, orders.</summary>
public sealed class LoseTheAnswers : IScript
{
    private static readonly string[] Deciders = ["inventory", "payments", "sandbox", "orders", "gateway"];

    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var process in Deciders.TakeWhile(_ => !stage.IsOver))
        {
            await stage.Busy(4);
            await stage.LoseAnswers(process, TimeSpan.FromSeconds(3));
        }
        await stage.Recovered();
    });
}
