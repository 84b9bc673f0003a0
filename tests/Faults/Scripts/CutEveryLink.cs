namespace Stoa.Faults.Scripts;

/// <summary>One process after the other loses all its connections for a while: a reset is an unknown outcome, everywhere.</summary>
public sealed class CutEveryLink : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var process in stage.Processes.TakeWhile(_ => !stage.IsOver))
        {
            await stage.Busy(4);
            await stage.Cut(process, TimeSpan.FromSeconds(1));
        }
        await stage.Recovered();
    });
}
