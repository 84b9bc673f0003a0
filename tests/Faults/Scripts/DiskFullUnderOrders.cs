namespace Stoa.Faults.Scripts;

/// <summary>Orders has not a byte left to write: it says so, loses nothing, and goes on when there is room again (S1).</summary>
public sealed class DiskFullUnderOrders : IScript
{
    public string SmallDisk => "orders";

    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.FillDisk(SmallDisk, TimeSpan.FromSeconds(6));
        await stage.Recovered();
    });
}
