namespace Stoa.Faults.Scripts;

/// <summary>Inventory dies while it reserves and sells: no reservation is made twice, none is forgotten (P3, P5).</summary>
public sealed class KillInventoryWhileItReserves : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Kill("inventory");
        await stage.Recovered();
    });
}
