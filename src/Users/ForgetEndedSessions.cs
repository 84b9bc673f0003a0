using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Removes sessions that ended by their age, some at a time, counts of failed logins that lock nothing, and
/// links whose tokens have ended.</summary>
public sealed class ForgetEndedSessions(Database database) : ILoop
{
    private const int AtOnce = 50; // a family may hold thousands of replaced tokens
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(10);

    public string Name => "ended-sessions";

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var ended = await database.Write(async tx =>
        {
            var sessions = await tx.Query<Guid>("SELECT id FROM sessions WHERE expires_at <= @Now LIMIT @AtOnce", new { tx.Now, AtOnce });
            foreach (var session in sessions) await RefreshTokens.Revoke(tx, session);
            await LoginAttempts.ForgetOld(tx);
            await MailedLinks.ForgetOld(tx);
            return sessions.Count;
        }, stop);
        return ended == AtOnce ? TimeSpan.Zero : Rests;
    }
}
