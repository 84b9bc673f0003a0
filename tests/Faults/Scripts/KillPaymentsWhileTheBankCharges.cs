namespace Stoa.Faults.Scripts;

/// <summary>Payments dies between asking the bank and hearing it: the charge is found, and never made again (P9, P10).</summary>
public sealed class KillPaymentsWhileTheBankCharges : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Slow("sandbox", TimeSpan.FromSeconds(1));
        await stage.Kill("payments");
        await stage.Recovered();
    });
}
