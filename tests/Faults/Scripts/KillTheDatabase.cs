namespace Stoa.Faults.Scripts;

/// <summary>The database server dies under all services, with commits under way: what they were told is committed is
/// there when it is back, and what they were not told is looked up (S2). Only with <c>--postgres</c>.</summary>
public sealed class KillTheDatabase : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        await stage.Busy(8);
        await stage.Kill("database");
        await stage.Recovered();
    });
}
