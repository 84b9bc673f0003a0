namespace Stoa.Faults.Scripts;

/// <summary>Orders dies while it places orders: each is there afterwards, whole, or was never acknowledged (P1, P2, I2).</summary>
public sealed class KillOrdersMidPurchase : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Kill("orders");
        await stage.Recovered();
    });
}
