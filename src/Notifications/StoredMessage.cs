using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>A message's row, as staff see it: never an address and never what it says, for neither is kept here (E8).</summary>
public sealed record StoredMessage
{
    public const string Columns = "SELECT subject_id, kind, facts, status, attempts, next_attempt_at, created_at, sent_at, again_at, times, last_fault, trace FROM messages ";

    private static readonly string[] WithLinks = [QueueMessages.PasswordReset, QueueMessages.EmailConfirmation, QueueMessages.StaffInvitation];

    public required Guid SubjectId { get; init; }
    public required string Kind { get; init; }
    public string? Facts { get; init; }
    public required string Status { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset NextAttemptAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? AgainAt { get; init; }
    public required int Times { get; init; }
    public string? LastFault { get; init; }
    public string? Trace { get; init; }

    /// <summary>One that came to its end, and whose mail is as good later: a link's has ended by then, and its reader asks for
    /// another; of an undeliverable one there is nothing to send.</summary>
    public bool CanBeSentAgain => Status is "sent" or "failed" && !WithLinks.Contains(Kind);

    public static Task<StoredMessage?> Find(Sql sql, Guid subjectId, string kind, string andLock = "", CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return sql.Find<StoredMessage>(Columns + "WHERE subject_id = @subjectId AND kind = @kind" + andLock, new { subjectId, kind }, stop);
    }

    /// <summary>As it is written.</summary>
    public Message ToWrite() => new(SubjectId, Kind, Facts, Attempts, AgainAt ?? CreatedAt, Times, Trace);

    public View Show() => new(SubjectId, Kind, OrderId(), Status, Attempts, Times, CreatedAt, Status == "sent" ? SentAt : null, Status == "waiting" ? NextAttemptAt : null, LastFault, CanBeSentAgain);

    private Guid? OrderId() => QueueMessages.AboutOrders.Contains(Kind) ? SubjectId : Kind == QueueMessages.Refunded && Facts is not null ? Json.Read<PaymentRefunded>(Facts).OrderId : null;

    /// <summary>A message in the public API.</summary>
    /// <param name="SubjectId">What it is about: an order, a refund, a link, a webhook's end.</param>
    /// <param name="Kind">What it says, such as <c>order_paid</c>.</param>
    /// <param name="OrderId">The order that it is about, if any.</param>
    /// <param name="Status"><c>waiting</c>, <c>sent</c>, <c>failed</c> (given up after three days) or <c>undeliverable</c> (nobody to write to, or nothing to say any more).</param>
    /// <param name="Attempts">How often it was tried since it began to wait.</param>
    /// <param name="Times">1, and one more each time that staff had it sent again.</param>
    /// <param name="CreatedAt">When it was noted.</param>
    /// <param name="SentAt">When the mail server took it.</param>
    /// <param name="NextAttemptAt">When it is tried next.</param>
    /// <param name="LastFault">Why the last try failed.</param>
    /// <param name="CanBeSentAgain">Whether <c>send-again</c> would.</param>
    public sealed record View(
        Guid SubjectId, string Kind, Guid? OrderId, string Status, int Attempts, int Times, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? NextAttemptAt, string? LastFault, bool CanBeSentAgain);
}
