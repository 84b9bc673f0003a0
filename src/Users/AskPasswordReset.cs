using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Asks for a link to choose a new password. Answer, work and limit are the same for an address that nobody has:
/// only whoever reads its mail learns more.</summary>
public static class AskPasswordReset
{
    public sealed record Request(string? Email);

    public static async Task<IResult> Handle(Request request, Language language, Database database, Entropy entropy, CancellationToken stop)
    {
        if (new Validation().Email("email", request.Email).Problem is { } problem) return problem;
        var id = entropy.NewId();
        return await database.Write(tx => Ask(id, request.Email!, language, tx), stop) is { } wait ? TooOften(wait) : Results.Accepted();
    }

    /// <summary>429: the address has been sent enough of these for now.</summary>
    public static IResult TooOften(TimeSpan wait) =>
        Problem.TooMany("too_many_requests", "This was asked for several times already: look for the latest mail, or try again later.", wait);

    /// <returns>How long to wait when the address was sent enough of these; else null.</returns>
    public static async Task<TimeSpan?> Ask(Guid id, string email, Language language, Transaction tx)
    {
        var wait = await MailedLinks.Ask(tx, id, MailedLinks.PasswordReset, email, language);
        if (wait is null) tx.Append(new PasswordResetAsked(id));
        return wait;
    }
}
