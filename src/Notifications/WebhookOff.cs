namespace Stoa.Notifications;

/// <summary>Tells whoever registered a webhook that it was switched off. Of its address only the host is told: the rest may be secret.</summary>
/// <param name="Host">Where it went.</param>
/// <param name="RegisteredBy">The staff member.</param>
/// <param name="FailingSince">Since when nothing arrived; null when it said that it is gone.</param>
public sealed record WebhookOff(string Host, Guid RegisteredBy, DateTimeOffset? FailingSince)
{
    public static WebhookOff Of(Webhook off)
    {
        ArgumentNullException.ThrowIfNull(off);
        return new(new Uri(off.Url).Host, off.CreatedBy, off.OffReason == "failing" ? off.FailingSince : null);
    }

    /// <summary>The letter; staff have no language of their own yet.</summary>
    public Letter Write(string name, string shopUrl, string language = "en")
    {
        var say = Wording.In(language);
        return new Letter(say, say.Text("webhook_off.subject", Host), say.Text("webhook_off.title"),
        [
            OrderLetters.Greet(say, name),
            new Part.Paragraph(FailingSince is { } since ? say.Text("webhook_off.failing", Host, Wording.Time(since)) : say.Text("webhook_off.gone", Host)),
            new Part.Paragraph(say.Text("webhook_off.do")),
            new Part.Button(say.Text("webhook_off.button"), shopUrl + "/admin"),
        ], say.Text("why.webhook", new Uri(shopUrl).Host));
    }
}
