namespace Stoa.Faults.Scripts;

/// <summary>Orders stands still for longer than its leases and wakes up in the middle of its steps: what it holds by
/// then is no longer its own (P1, E2).</summary>
public sealed class PauseOrdersPastItsLeases : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Pause("orders", TimeSpan.FromSeconds(12));
        await stage.Recovered();
    });
}
