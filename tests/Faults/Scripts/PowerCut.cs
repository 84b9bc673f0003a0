namespace Stoa.Faults.Scripts;

/// <summary>All processes die at once, and come back in any order.</summary>
public sealed class PowerCut : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.KillEverything();
        await stage.Recovered();
    });
}
