namespace Stoa.Faults.Scripts;

/// <summary>The door itself dies: every answer under way is lost, and each shopper asks again with the same key (I1, I2).</summary>
public sealed class KillTheGateway : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Kill("gateway");
        await stage.Recovered();
    });
}
