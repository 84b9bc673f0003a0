using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>The events that services could not take in, each whole and with why; and which took effect after all.</summary>
public static class ShowDeadLetters
{
    public static Task<IResult> Handle(int? done, AttentionApi attention, OfficeApi api, CancellationToken stop) => Page(done, null, attention, api, stop);

    /// <param name="done">How many took effect just now.</param>
    /// <param name="left">What still fails, and why.</param>
    public static async Task<IResult> Page(int? done, string[]? left, AttentionApi attention, OfficeApi api, CancellationToken stop)
    {
        var staff = await api.Staff(stop);
        var boxes = await Task.WhenAll(AttentionApi.Services.Select(async service =>
        {
            var (letters, redriven) = (attention.DeadLetters(service, stop), attention.Redriven(service, stop));
            return new Box(service, await letters, await redriven);
        }));
        if (boxes.All(box => !box.Letters.Ok)) boxes[0].Letters.Needed("The dead letters");
        return Show.Page<DeadLettersPage>(new { Boxes = boxes, Staff = staff, Redriven = done, Left = left ?? [] });
    }

    /// <summary>One service's.</summary>
    public sealed record Box(string Service, ApiAnswer<ListPage<DeadLetter>> Letters, RedrivenLetter[] Redriven);
}
