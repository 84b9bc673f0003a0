using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>Asks Orders what a message about an order says.</summary>
public sealed class OrdersClient(ServiceCaller caller)
{
    /// <returns>Null when Orders knows no such order.</returns>
    /// <exception cref="UnavailableException">Orders is away.</exception>
    public async Task<OrderMessage?> Message(Guid orderId, CancellationToken stop) =>
        (await caller.Get<OrderMessage>($"internal/orders/{orderId}/message", stop)).Value;
}

/// <summary>Asks Users for an address.</summary>
public sealed class UsersClient(ServiceCaller caller)
{
    /// <returns>Null when the user was erased.</returns>
    /// <exception cref="UnavailableException">Users is away.</exception>
    public async Task<Person?> Find(Guid userId, CancellationToken stop) =>
        (await caller.Get<Person>($"internal/users/{userId}", stop)).Value;
}
