namespace Stoa.Faults.Scripts;

/// <summary>Payments has not a byte left to write while the bank charges: what was charged is booked when there is room (S1, P10).</summary>
public sealed class DiskFullUnderPayments : IScript
{
    public string SmallDisk => "payments";

    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.FillDisk(SmallDisk, TimeSpan.FromSeconds(6));
        await stage.Recovered();
    });
}
