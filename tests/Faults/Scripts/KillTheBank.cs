namespace Stoa.Faults.Scripts;

/// <summary>The provider dies while it charges: what it charged it knows when it is back, and so do we (P10, P15).</summary>
public sealed class KillTheBank : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Kill("sandbox");
        await stage.Recovered();
    });
}
