using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Sends what is due, one message at a time: the turn is claimed and committed first, so that two replicas never
/// write to one shopper at once; a message that fails is tried again, later and later, for three days.</summary>
public sealed partial class SendMessages(
    Database database, WriteMessage write, MailSender sender, Entropy entropy, TimeProvider clock, ILogger<SendMessages> log) : ILoop
{
    private static readonly TimeSpan Rests = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    /// <inheritdoc/>
    public string Name => "messages";

    /// <inheritdoc/>
    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (await Claim(stop) is not { } message) return Rests;
        using var span = Telemetry.Continue($"message {message.Kind}", ActivityKind.Producer, message.Trace);
        try
        {
            await Send(message, stop);
        }
        catch (Exception fault) when (fault is UnavailableException or MailNotTakenException)
        {
            await TryLater(message, fault.Message);
        }

        return TimeSpan.Zero;
    }

    private Task<Message?> Claim(CancellationToken stop) => database.Write(async tx =>
    {
        var message = await tx.Find<Message>("""
            SELECT subject_id, kind, facts, attempts, created_at, trace FROM messages
            WHERE status = 'waiting' AND next_attempt_at <= @Now ORDER BY next_attempt_at LIMIT 1
            """ + tx.Lock, new { tx.Now });
        if (message is null) return null;
        var attempt = message with { Attempts = message.Attempts + 1 };
        await tx.Execute("UPDATE messages SET attempts = @Attempts, next_attempt_at = @until WHERE subject_id = @SubjectId AND kind = @Kind",
            new { attempt.Attempts, until = tx.Now + Turn, attempt.SubjectId, attempt.Kind });
        return attempt;
    }, stop);

    private async Task Send(Message message, CancellationToken stop)
    {
        if (await write.Run(message, stop) is not var (envelope, mail))
        {
            await End(message, "undeliverable"); // erased since, or there is nothing to say any more
            return;
        }

        await sender.Send(envelope, mail, stop);
        await End(message, "sent");
    }

    private Task End(Message message, string status) => database.Write(tx => tx.Execute(
        "UPDATE messages SET status = @status, sent_at = @Now WHERE subject_id = @SubjectId AND kind = @Kind AND status = 'waiting'",
        new { status, tx.Now, message.SubjectId, message.Kind }));

    private async Task TryLater(Message message, string reason)
    {
        if (clock.GetUtcNow() - message.CreatedAt > GivenUpAfter)
        {
            Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "message_failed"));
            LogGivenUp(log, message.Name, reason);
            await End(message, "failed");
            return;
        }

        LogTryLater(log, message.Name, message.Attempts, reason);
        var wait = entropy.BackOff(message.Attempts, FirstBackOff, LongestBackOff);
        await database.Write(tx => tx.Execute("UPDATE messages SET next_attempt_at = @at WHERE subject_id = @SubjectId AND kind = @Kind AND status = 'waiting'",
            new { at = tx.Now + wait, message.SubjectId, message.Kind }));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "message {Name} could not be sent, try {Attempt}: {Reason}")]
    private static partial void LogTryLater(ILogger log, string name, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "message {Name} is given up: {Reason}")]
    private static partial void LogGivenUp(ILogger log, string name, string reason);
}
