using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>A message as written.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">For readers of plain text.</param>
/// <param name="Html">The same, as HTML.</param>
/// <param name="Language">Its language's code.</param>
public sealed record Mail(string Subject, string Text, string Html, string Language);

/// <summary>To whom it goes.</summary>
/// <param name="Name">The same at every try; it makes the Message-ID, by which a receiver knows a repetition.</param>
/// <param name="Email">The address.</param>
/// <param name="Recipient">Their name, if known.</param>
public sealed record Envelope(string Name, string Email, string? Recipient);

/// <summary>The mail server did not take the message: try again later.</summary>
/// <param name="reason">What it said.</param>
/// <param name="inner">The cause.</param>
public sealed class MailNotTakenException(string reason, Exception inner) : Exception(reason, inner);

/// <summary>Hands a message to the SMTP server of <c>Stoa:Smtp:Host</c> (<c>:Port</c> 25, <c>:User</c>, <c>:Password</c>,
/// <c>:Tls</c> false, <c>Stoa:MailFrom</c>), or, where none is configured, writes <c>mail/{name}.eml</c> in the data folder.</summary>
public sealed class MailSender(StoaOptions options, Entropy entropy, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A desk so long unused is a killed process's, with half a letter perhaps, or another replica's that makes it anew.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromDays(1);

    private readonly ConcurrentBag<string> _desks = [];

    private string Folder => Path.Combine(options.DataFolder, "mail");

    private string Desks => Path.Combine(options.DataFolder, "mail-desks");

    /// <exception cref="MailNotTakenException">The server did not take it.</exception>
    public async Task Send(Envelope envelope, Mail mail, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(mail);
        using var message = ComposeOrRefuse(envelope, mail);
        if (options["Stoa:Smtp:Host"] is { Length: > 0 } host) await ByServer(host, message, stop);
        else ToFile(envelope.Name, message);
    }

    private MailMessage ComposeOrRefuse(Envelope envelope, Mail mail)
    {
        try
        {
            return Compose(envelope, mail);
        }
        catch (FormatException fault)
        {
            throw new MailNotTakenException("the address cannot be written to", fault); // the framework takes fewer than we do
        }
    }

    private MailMessage Compose(Envelope envelope, Mail mail)
    {
        var from = options["Stoa:MailFrom"] ?? "shop@stoa.example";
        var message = new MailMessage
        {
            From = new MailAddress(from, "Stoa"),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(envelope.Email, envelope.Recipient, Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{envelope.Name}@{new Uri(options.PublicUrl).Host}>");
        message.Headers.Add("Content-Language", mail.Language);
        message.Headers.Add("Auto-Submitted", "auto-generated"); // no "out of office" in answer (RFC 3834)
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }

    private async Task ByServer(string host, MailMessage message, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var smtp = new SmtpClient(host, int.Parse(options["Stoa:Smtp:Port"] ?? "25", CultureInfo.InvariantCulture))
        {
            EnableSsl = options["Stoa:Smtp:Tls"] == "true",
            Credentials = options["Stoa:Smtp:User"] is { Length: > 0 } user ? new NetworkCredential(user, options["Stoa:Smtp:Password"]) : null,
        };
        try
        {
            await smtp.SendMailAsync(message, patience.Token);
        }
        catch (Exception fault) when (fault is SmtpException or IOException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new MailNotTakenException(fault.Message, fault);
        }
    }

    /// <summary>Whole or not at all, and once: a second try writes the same file again. The framework chooses its file's name,
    /// so it writes at a desk: a folder with nothing else in it, kept for the next letter, for making one costs as much as writing.</summary>
    private void ToFile(string name, MailMessage message)
    {
        Directory.CreateDirectory(Folder);
        var desk = Directory.CreateDirectory(_desks.TryTake(out var free) ? free : NewDesk());
        try
        {
            foreach (var half in desk.GetFiles()) half.Delete(); // of a letter that could not be written to its end
            using var pickup = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = desk.FullName };
            pickup.Send(message);
            desk.GetFiles().Single().MoveTo(Path.Combine(Folder, $"{name}.eml"), overwrite: true);
        }
        finally
        {
            _desks.Add(desk.FullName);
        }
    }

    private string NewDesk()
    {
        foreach (var left in Directory.CreateDirectory(Desks).GetDirectories())
        {
            if (clock.GetUtcNow() - left.LastWriteTimeUtc > LeftBehind) left.Delete(recursive: true);
        }

        return Path.Combine(Desks, $"{entropy.NewId()}");
    }
}
