namespace Stoa.Faults.Scripts;

/// <summary>Webhooks are lost, late and doubled: they are hints, and nothing rests on them (P12).</summary>
public sealed class WebhooksGoAstray : IScript
{
    public Task Play(Stage stage) => stage.Repeat(async () =>
    {
        foreach (var treatment in new[] { "drop", "delay", "repeat" }.TakeWhile(_ => !stage.IsOver))
        {
            await stage.TreatWebhooks(treatment, times: 100);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await stage.Recovered();
        }
    });
}
