using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>The bank's record: every change to it is one transaction, with the events that tell of it.</summary>
public sealed class Sandbox(Database database, Entropy entropy, SandboxOptions options, DeliverWebhooks webhooks, SettleLater settling)
{
    /// <summary>Makes a change. The work may run again (PostgreSQL), so it does nothing but through its <see cref="Change"/>.</summary>
    /// <param name="call">The request behind it; null when the sandbox acts by itself.</param>
    public Task<T> Write<T>(StripeCall? call, Func<Change, Task<T>> work) => database.Write(async tx =>
    {
        var change = new Change(tx, entropy, options, call);
        var result = await work(change);
        if (change.Told) tx.OnCommitted(webhooks.Wake);
        if (change.Settles) tx.OnCommitted(settling.Wake);
        return result;
    }, CancellationToken.None);
}
