using System.Collections.Concurrent;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Whoever is shown an order that Payments says is paid, and that does not know it yet, waits for the event that is on
/// its way: the answer does not contradict itself, and nobody has to ask again. Where another replica reads the events, the wait
/// ends with its time.</summary>
public sealed class PaymentNews
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _awaited = new();

    /// <summary>To be called when the order's payment is committed here.</summary>
    public void Tell(Guid order)
    {
        if (_awaited.TryRemove(order, out var waiting)) waiting.TrySetResult();
    }

    /// <summary>Waits until the order knows, but no longer than a second.</summary>
    /// <returns>The order as it is then.</returns>
    public async Task<Order> Wait(Guid order, Database database, TimeProvider clock, CancellationToken stop)
    {
        var told = _awaited.GetOrAdd(order, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            var now = (await OrderTable.Find(database, order, stop))!; // it may have come before we listened
            if (now.Status != OrderStatus.AwaitingPayment) return now;
            await told.Task.WaitAsync(Longest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (await OrderTable.Find(database, order, stop))!;
        }
        finally
        {
            _awaited.TryRemove(KeyValuePair.Create(order, told));
        }
    }
}
