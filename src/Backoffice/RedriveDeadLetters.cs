namespace Stoa.Backoffice;

/// <summary>Has a service take in what it could not, in order: all of it, or what is about one subject.</summary>
public static class RedriveDeadLetters
{
    public static async Task<IResult> Handle(string service, IFormCollection form, AttentionApi attention, OfficeApi api, CancellationToken stop)
    {
        if (!AttentionApi.Services.Contains(service)) return Show.NotFound();
        var outcome = (await attention.Redrive(service, Typed("source"), Typed("purpose"), Typed("subject"), stop)).Needed("Taking them in again");
        return outcome.Left.Length == 0
            ? Show.Next(FormattableString.Invariant($"{Office.Path}/dead-letters?done={outcome.Redriven}"))
            : await ShowDeadLetters.Page(outcome.Redriven, outcome.Left, attention, api, stop);

        string? Typed(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
    }
}
