namespace Stoa.Notifications;

/// <summary>Tells whoever registered a webhook that it was switched off. Of its address only the host is told: the rest may be secret.</summary>
/// <param name="Host">Where it went.</param>
/// <param name="RegisteredBy">The staff member.</param>
/// <param name="FailingSince">Since when nothing arrived; null when it said that it is gone.</param>
/// <param name="WebhookId">Its id; null in a notice from before it was kept.</param>
/// <param name="Language">In which language it was registered.</param>
public sealed record WebhookOff(string Host, Guid RegisteredBy, DateTimeOffset? FailingSince, Guid? WebhookId = null, string Language = "en")
{
    public static WebhookOff Of(Webhook off)
    {
        ArgumentNullException.ThrowIfNull(off);
        return new(new Uri(off.Url).Host, off.CreatedBy, off.OffReason == "failing" ? off.FailingSince : null, off.Id, off.Language);
    }

    /// <summary>The letter, which leads to the webhook's page.</summary>
    public Letter Write(string name, string shopUrl)
    {
        var say = Wording.In(Language);
        return new Letter(say, say.Text("webhook_off.subject", Host), say.Text("webhook_off.title"),
        [
            OrderLetters.Greet(say, name),
            new Part.Paragraph(FailingSince is { } since ? say.Text("webhook_off.failing", Host, say.Time(since)) : say.Text("webhook_off.gone", Host)),
            new Part.Paragraph(say.Text("webhook_off.do")),
            new Part.Button(say.Text("webhook_off.button"), $"{shopUrl}/admin/webhooks/{WebhookId}"),
        ], say.Text("why.webhook", new Uri(shopUrl).Host));
    }
}
