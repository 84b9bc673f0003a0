namespace Stoa.Faults.Scripts;

/// <summary>Payments stands still past every caller's deadline, and then does what nobody waits for any more (P6, P8).</summary>
public sealed class PausePaymentsPastTheDeadline : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Pause("payments", TimeSpan.FromSeconds(7));
        await stage.Recovered();
    });
}
