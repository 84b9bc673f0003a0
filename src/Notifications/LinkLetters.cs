using Stoa.Contracts;

namespace Stoa.Notifications;

/// <summary>What we write to let somebody prove that an address is theirs.</summary>
public static class LinkLetters
{
    /// <summary>A link to choose a new password.</summary>
    public static Letter PasswordReset(MailedLink link, string shopUrl) => Write(QueueMessages.PasswordReset, link, shopUrl, "reset-password");

    /// <summary>A link to confirm the address.</summary>
    public static Letter EmailConfirmation(MailedLink link, string shopUrl) => Write(QueueMessages.EmailConfirmation, link, shopUrl, "confirm-email");

    /// <summary>A link for somebody who is asked to be staff.</summary>
    public static Letter StaffInvitation(MailedLink link, string shopUrl) => Write(QueueMessages.StaffInvitation, link, shopUrl, "admin/welcome");

    private static Letter Write(string kind, MailedLink link, string shopUrl, string page)
    {
        var say = Wording.In(link.Language);
        return new Letter(say, say.Text(kind + ".subject"), say.Text(kind + ".title"),
        [
            OrderLetters.Greet(say, link.Name),
            new Part.Paragraph(say.Text(kind + ".text")),
            new Part.Button(say.Text(kind + ".button"), $"{shopUrl}/{page}?token={link.Token}"),
            new Part.Small(say.Text(kind + ".small")),
        ], say.Text("why.account", new Uri(shopUrl).Host));
    }
}
