using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>A message that is to be written.</summary>
/// <param name="SubjectId">What it is about: an order, a refund, a link that was asked for, or a webhook's end.</param>
/// <param name="Kind">One of those in <see cref="QueueMessages"/>.</param>
/// <param name="Facts">The event, where the subject's owner does not tell all; JSON.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Since">When it was noted, or staff had it sent again.</param>
/// <param name="Times">How often it is meant to be sent: 1, and one more each time that staff have it sent again.</param>
/// <param name="Trace">The trace that it belongs to.</param>
public sealed record Message(Guid SubjectId, string Kind, string? Facts, int Attempts, DateTimeOffset Since, int Times, string? Trace)
{
    /// <summary>The same at every try.</summary>
    public string Name => Times == 1 ? $"{SubjectId}.{Kind}" : FormattableString.Invariant($"{SubjectId}.{Kind}.{Times}");

    /// <summary>The order that it is about; null where it is about something else.</summary>
    public Guid? OrderId => Kind == QueueMessages.Refunded ? Json.Read<PaymentRefunded>(Facts!).OrderId : QueueMessages.AboutOrders.Contains(Kind) ? SubjectId : null;
}

/// <summary>Writes a message at the moment at which it is sent: whom to write to and what it says is asked of its owner
/// then, and kept nowhere here (E8).</summary>
public sealed class WriteMessage(OrdersClient orders, UsersClient users, StoaOptions options)
{
    /// <summary>What Orders tells about the orders that messages are about, in one call.</summary>
    /// <exception cref="UnavailableException">Orders is away.</exception>
    public Task<IReadOnlyDictionary<Guid, OrderMessage>> AskOrders(IEnumerable<Message> messages, CancellationToken stop) =>
        orders.Messages([.. messages.Select(message => message.OrderId).OfType<Guid>().Distinct()], stop);

    /// <summary>As it is sent; a link gets a token.</summary>
    /// <param name="message">What is to be written.</param>
    /// <param name="asked">From <see cref="AskOrders"/>; awaited by a message about an order alone.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Null when there is nobody to write to (erased), or nothing to say any more.</returns>
    /// <exception cref="UnavailableException">Who has to be asked is away.</exception>
    public Task<(Envelope Envelope, Letter Letter)?> Run(Message message, Task<IReadOnlyDictionary<Guid, OrderMessage>> asked, CancellationToken stop) =>
        Write(message, asked, users.MailedLink, stop);

    /// <summary>As it would be sent now, for staff to look at: without anything that opens something.</summary>
    /// <inheritdoc cref="Run"/>
    public async Task<(Envelope Envelope, Letter Letter)?> Preview(Message message, CancellationToken stop) =>
        await Write(message, AskOrders([message], stop), users.LookAtLink, stop) is var (envelope, letter) ? (envelope, letter.WithoutLinks()) : null;

    private Task<(Envelope, Letter)?> Write(
        Message message, Task<IReadOnlyDictionary<Guid, OrderMessage>> asked, Func<Guid, CancellationToken, Task<MailedLink?>> link, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Kind switch
        {
            QueueMessages.Placed => AboutOrder(message, asked, letters => letters.Placed(), stop),
            QueueMessages.Paid => AboutOrder(message, asked, letters => letters.Paid(), stop),
            QueueMessages.Shipped => AboutOrder(message, asked, letters => letters.Shipped(), stop),
            QueueMessages.Refunded => AboutOrder(message, asked, letters => letters.Refunded(Json.Read<PaymentRefunded>(message.Facts!)), stop),
            QueueMessages.PasswordReset => WithLink(message, link, LinkLetters.PasswordReset, stop),
            QueueMessages.EmailConfirmation => WithLink(message, link, LinkLetters.EmailConfirmation, stop),
            QueueMessages.StaffInvitation => WithLink(message, link, LinkLetters.StaffInvitation, stop),
            QueueMessages.WebhookOff => AboutWebhook(message, Json.Read<WebhookOff>(message.Facts!), stop),
            _ => throw new BrokenRuleException($"message {message.Name} is of no known kind"),
        };
    }

    private async Task<(Envelope, Letter)?> AboutOrder(
        Message message, Task<IReadOnlyDictionary<Guid, OrderMessage>> asked, Func<OrderLetters, Letter?> write, CancellationToken stop)
    {
        if ((await asked).GetValueOrDefault(message.OrderId!.Value) is not { } order) return null;
        if ((order.Email ?? (await users.Find(order.BuyerId, stop))?.Email) is not { } email) return null;
        return write(new OrderLetters(order, options.PublicUrl)) is { } letter ? (new Envelope(message.Name, email, order.Name), letter) : null;
    }

    private async Task<(Envelope, Letter)?> AboutWebhook(Message message, WebhookOff off, CancellationToken stop) =>
        await users.Find(off.RegisteredBy, stop) is { } staff ? (new Envelope(message.Name, staff.Email, staff.Name), off.Write(staff.Name, options.PublicUrl)) : null;

    private async Task<(Envelope, Letter)?> WithLink(
        Message message, Func<Guid, CancellationToken, Task<MailedLink?>> find, Func<MailedLink, string, Letter> write, CancellationToken stop) =>
        await find(message.SubjectId, stop) is { } link
            ? (new Envelope(message.Name, link.Email, link.Name), write(link, options.PublicUrl))
            : null;
}
