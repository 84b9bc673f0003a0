namespace Stoa.Faults.Scripts;

/// <summary>The bank charges and says nothing, or a 500, or hangs up: the money is taken once and found again (P10).</summary>
public sealed class TheBankTimesOutAfterCharging : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var answer in new[] { "hang", "500", "reset" }.TakeWhile(_ => !stage.IsOver))
        {
            await stage.Busy(4);
            await stage.Trouble(answer, after: true, times: 4, Bank.Charging);
            await stage.Recovered();
        }
    });
}
