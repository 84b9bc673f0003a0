using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>What a kind of trouble is called, where it is solved, and which page of the runbook tells how.</summary>
/// <param name="Service">Who tells it.</param>
/// <param name="Row">What it tells.</param>
public sealed record AttentionWords(string Service, AttentionRow Row)
{
    public string Title => Row.Kind switch
    {
        "refund_escalated" => "Refunds of which nobody knows whether they went out",
        "refund_failed" => "Refunds that brought the buyer nothing",
        "late_success" => "Payments that came after their order was closed",
        "money_differs" => "Differences between our books and the provider's",
        "dead_letters" => $"Events that {Service} could not take in",
        "log_diverged" => $"Logs that {Service} cannot go on reading",
        "message_failed" => "Messages that were given up",
        "webhook_switched_off" => "Webhooks that were switched off",
        _ => ChangeLog.Words(Row.Kind),
    };

    /// <summary>The page's file in docs/runbook.</summary>
    public string Runbook => Row.Kind switch
    {
        "refund_escalated" or "refund_failed" => "refund-needs-a-person.md",
        "late_success" => "late-success.md",
        "money_differs" => "money-differs.md",
        "dead_letters" => "dead-letters.md",
        "log_diverged" => "log-diverged.md",
        "message_failed" => "message-failed.md",
        "webhook_switched_off" => "webhook-switched-off.md",
        _ => "README.md",
    };

    /// <summary>Where all of the kind are; null where each has a page of its own, or none.</summary>
    public string? Link => Row.Kind switch
    {
        "dead_letters" => $"{Office.Path}/dead-letters#{Service}",
        "message_failed" => Office.Path + "/messages?status=failed",
        "webhook_switched_off" => Office.Path + "/webhooks",
        _ => null,
    };

    /// <summary>Where one thing is solved; null where the runbook alone helps.</summary>
    public string? LinkOf(AttentionThing thing) => Row.Kind switch
    {
        "webhook_switched_off" => $"{Office.Path}/webhooks/{thing.Subject}",
        "message_failed" => $"{Office.Path}/messages/{thing.Subject.Replace('.', '/')}",
        _ => thing.OrderId is { } order ? $"{Office.Path}/orders/{order}" : Link,
    };
}
