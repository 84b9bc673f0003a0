namespace Stoa.Faults.Scripts;

/// <summary>Inventory answers late, again and again: orders are accepted, at the latest as <c>placed</c> (P6).</summary>
public sealed class SlowInventory : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Slow("inventory", TimeSpan.FromSeconds(5));
        await stage.Recovered();
    });
}
