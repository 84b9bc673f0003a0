using System.Diagnostics;
using System.Net.Mail;
using Microsoft.Extensions.Logging;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Sends what is due, a few messages at a time: their turns are claimed and committed first, so that two replicas never
/// write to one shopper at once; a message that fails is tried again, later and later, for three days.</summary>
public sealed partial class SendMessages(
    Database database, WriteMessage write, MailSender sender, Entropy entropy, TimeProvider clock, ILogger<SendMessages> log) : ILoop
{
    /// <summary>Mail servers take only so many connections from one sender.</summary>
    private const int MostAtOnce = 4;

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
        var claimed = await Claim(stop);
        var orders = write.AskOrders(claimed, stop);
        await Task.WhenAll(claimed.Select(message => Attempt(message, orders, stop)));
        return claimed.Count > 0 ? TimeSpan.Zero : Rests;
    }

    private Task<List<Message>> Claim(CancellationToken stop) => database.Write(async tx =>
    {
        var due = await tx.Query<Message>("""
            SELECT subject_id, kind, facts, attempts + 1 AS attempts, COALESCE(again_at, created_at) AS since, times, trace FROM messages
            WHERE status = 'waiting' AND next_attempt_at <= @Now ORDER BY next_attempt_at, subject_id, kind LIMIT @MostAtOnce
            """ + tx.Lock, new { tx.Now, MostAtOnce });
        foreach (var message in due)
        {
            await tx.Execute("UPDATE messages SET attempts = @Attempts, next_attempt_at = @until WHERE subject_id = @SubjectId AND kind = @Kind",
                new { message.Attempts, until = tx.Now + Turn, message.SubjectId, message.Kind });
        }

        return due;
    }, stop);

    private async Task Attempt(Message message, Task<IReadOnlyDictionary<Guid, OrderMessage>> orders, CancellationToken stop)
    {
        using var span = Telemetry.Continue($"message {message.Kind}", ActivityKind.Producer, message.Trace);
        try
        {
            await Send(message, orders, stop);
        }
        catch (Exception fault) when (fault is UnavailableException or MailNotTakenException)
        {
            await TryLater(message, fault);
        }
    }

    private async Task Send(Message message, Task<IReadOnlyDictionary<Guid, OrderMessage>> orders, CancellationToken stop)
    {
        if (await write.Run(message, orders, stop) is not var (envelope, letter))
        {
            await End(message, "undeliverable"); // erased since, or there is nothing to say any more
            return;
        }

        await sender.Send(envelope, letter.ToMail(), stop);
        await End(message, "sent");
    }

    private Task End(Message message, string status, string? fault = null) => database.Write(tx => tx.Execute(
        "UPDATE messages SET status = @status, sent_at = @Now, last_fault = @fault WHERE subject_id = @SubjectId AND kind = @Kind AND status = 'waiting'",
        new { status, tx.Now, fault, message.SubjectId, message.Kind }));

    /// <summary>In words of ours: a mail server's may hold the address.</summary>
    private static string Why(Exception fault) => fault switch
    {
        UnavailableException away => $"{away.What} did not answer",
        { InnerException: SmtpException refused } => $"the mail server: {refused.StatusCode}",
        { InnerException: FormatException } => "the address cannot be written to",
        _ => "the mail server did not answer",
    };

    private async Task TryLater(Message message, Exception fault)
    {
        var reason = fault.Message;
        if (clock.GetUtcNow() - message.Since > GivenUpAfter)
        {
            Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "message_failed"));
            LogGivenUp(log, message.Name, reason);
            await End(message, "failed", Why(fault));
            return;
        }

        LogTryLater(log, message.Name, message.Attempts, reason);
        var wait = entropy.BackOff(message.Attempts, FirstBackOff, LongestBackOff);
        await database.Write(tx => tx.Execute("UPDATE messages SET next_attempt_at = @at, last_fault = @why WHERE subject_id = @SubjectId AND kind = @Kind AND status = 'waiting'",
            new { at = tx.Now + wait, why = Why(fault), message.SubjectId, message.Kind }));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "message {Name} could not be sent, try {Attempt}: {Reason}")]
    private static partial void LogTryLater(ILogger log, string name, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "message {Name} is given up: {Reason}")]
    private static partial void LogGivenUp(ILogger log, string name, string reason);
}
