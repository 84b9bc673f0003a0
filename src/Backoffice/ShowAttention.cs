using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>What waits for a person, asked of every service at the moment: each tells and counts its own. One that does not
/// answer is named, for an empty list must not pass for a good one.</summary>
public static class ShowAttention
{
    public static async Task<IResult> Handle(AttentionApi api, CancellationToken stop)
    {
        var answers = await Task.WhenAll(AttentionApi.Services.Select(async service => (Service: service, Answer: await api.Attention(service, stop))));
        if (answers.All(one => !one.Answer.Ok)) answers[0].Answer.Needed("The attention list");
        return Show.Page<AttentionPage>(new
        {
            Rows = answers.SelectMany(one => (one.Answer.Value?.Items ?? []).Select(row => new AttentionWords(one.Service, row))).OrderBy(one => one.Row.Since ?? DateTimeOffset.MaxValue).ToArray(),
            Silent = answers.Where(one => !one.Answer.Ok).Select(one => one.Service).ToArray(),
        });
    }
}
