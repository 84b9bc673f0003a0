namespace Stoa.Faults.Scripts;

/// <summary>Connections that stand and carry nothing, to one process after the other: nobody waits past his deadline, and
/// event feeds find out by themselves.</summary>
public sealed class HalfOpenLinks : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var process in stage.Processes.TakeWhile(_ => !stage.IsOver))
        {
            await stage.Busy(4);
            await stage.Silence(process, TimeSpan.FromSeconds(3));
        }
        await stage.Recovered();
    });
}
