namespace Stoa.Faults.Scripts;

/// <summary>The bank is overloaded: 429, 500 and resets before anything happens, to any call (P10: "not yet").</summary>
public sealed class TheBankRefusesForAWhile : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var answer in new[] { "429", "500", "reset" }.TakeWhile(_ => !stage.IsOver))
        {
            await stage.Busy(4);
            await stage.Trouble(answer, after: false, times: 30);
            await stage.Recovered();
        }
    });
}
