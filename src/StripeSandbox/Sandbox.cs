using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>The bank's record: every change to it is one transaction, with the events that tell of it.</summary>
public sealed class Sandbox(Database database, Entropy entropy, SandboxOptions options, IServiceProvider services)
{
    /// <summary>Makes a change. The work may run again (S2), so it does nothing but through its <see cref="Change"/>.</summary>
    /// <param name="call">The request behind it; null when the sandbox acts by itself.</param>
    public Task<T> Write<T>(StripeCall? call, Func<Change, Task<T>> work) => database.Write(async tx =>
    {
        var change = new Change(tx, entropy, options, call);
        var result = await work(change);
        if (change.Told) tx.OnCommitted(() => Wake(DeliverWebhooks.LoopName));
        if (change.Settles) tx.OnCommitted(() => Wake(SettleLater.LoopName));
        return result;
    }, CancellationToken.None);

    /// <summary>The registry holds the loops, and the loops write here: so it is asked for only now.</summary>
    private void Wake(string loop) => services.GetRequiredService<LoopRegistry>().Wake(loop);
}
