using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Staff see what was written, newest first: all, or in one state.</summary>
public static class ListMessages
{
    private static readonly string[] Statuses = ["waiting", "sent", "failed", "undeliverable"];

    public static async Task<IResult> Handle(string? status, PageRequest page, Database database, CancellationToken stop)
    {
        if (status is not null && new Validation().Require(Statuses.Contains(status), "status", "must be one of " + string.Join(", ", Statuses)).Problem is { } problem) return problem;
        var (at, subject, kind) = Start(page);
        var rows = await database.Query<StoredMessage>($"""
            {StoredMessage.Columns} WHERE (created_at, subject_id, kind) < (@at, @subject, @kind) {(status is null ? "" : "AND status = @status")}
            ORDER BY created_at DESC, subject_id DESC, kind DESC LIMIT @most
            """, new { at, subject, kind, status, most = page.Limit + 1 }, stop);
        return Results.Ok(page.Answer(rows, row => row.Show(), row => [row.CreatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.SubjectId.ToString(), row.Kind]));
    }

    private static (long At, Guid Subject, string Kind) Start(PageRequest page) => page.Cursor switch
    {
        null => (long.MaxValue, Guid.Empty, ""),
        [var at, var subject, var kind] when long.TryParse(at, CultureInfo.InvariantCulture, out var ms) && Guid.TryParse(subject, out var id) => (ms, id, kind),
        _ => throw PageRequest.Forged(),
    };
}
