using System.Collections.ObjectModel;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Asks Orders what a message about an order says.</summary>
public sealed class OrdersClient(ServiceCaller caller)
{
    /// <returns>Those that Orders knows.</returns>
    /// <exception cref="UnavailableException">Orders is away.</exception>
    public async Task<IReadOnlyDictionary<Guid, OrderMessage>> Messages(IReadOnlyCollection<Guid> orderIds, CancellationToken stop)
    {
        if (orderIds.Count == 0) return ReadOnlyDictionary<Guid, OrderMessage>.Empty;
        var answer = await caller.Get<OrderMessage[]>($"internal/orders/messages?{string.Join('&', orderIds.Select(id => $"id={id}"))}", stop);
        return answer.OrAway("orders").ToDictionary(order => order.OrderId);
    }
}

/// <summary>Asks Users for an address, or for what to mail there.</summary>
public sealed class UsersClient(ServiceCaller caller)
{
    /// <returns>Null when the user was erased.</returns>
    /// <exception cref="UnavailableException">Users is away.</exception>
    public async Task<Person?> Find(Guid userId, CancellationToken stop) =>
        (await caller.Get<Person>($"internal/users/{userId}", stop)).OrNone("users");

    /// <summary>A fresh token for a link that was asked for, and to whom it goes.</summary>
    /// <returns>Null when there is nothing to mail, or no longer.</returns>
    /// <exception cref="UnavailableException">Users is away.</exception>
    public async Task<MailedLink?> MailedLink(Guid linkId, CancellationToken stop) =>
        (await caller.Post<MailedLink>($"internal/mailed-links/{linkId}/token", null, stop)).OrNone("users");

    /// <summary>To whom a link goes; no token is made.</summary>
    /// <returns>Null when it serves no more.</returns>
    /// <exception cref="UnavailableException">Users is away.</exception>
    public async Task<MailedLink?> LookAtLink(Guid linkId, CancellationToken stop) =>
        (await caller.Get<MailedLink>($"internal/mailed-links/{linkId}", stop)).OrNone("users");
}

internal static class Answers
{
    /// <summary>Only 404 says that there is none. Any other refusal is a fault between services: a mail waits for its end.</summary>
    public static T? OrNone<T>(this Answer<T> answer, string service) where T : class =>
        answer.Status == 404 ? null : answer.OrAway(service);

    /// <summary>Any refusal is a fault between services.</summary>
    public static T OrAway<T>(this Answer<T> answer, string service) where T : class =>
        answer.Value ?? throw new UnavailableException($"{service} ({answer.Status} {answer.Code})");
}
