namespace Stoa.Faults;

/// <summary>Looks, as staff, for orders that the store still has to do something about: not final, and not waiting for
/// their shopper.</summary>
public static class Settling
{
    private static readonly string[] UnderWay = ["placed", "closing"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks until there are none, or the time is up.</summary>
    /// <returns>Those that are left.</returns>
    public static async Task<IReadOnlyList<string>> Wait(Desk desk, Tally tally, TimeSpan until, CancellationToken stop)
    {
        while (true)
        {
            List<string> left = [];
            foreach (var status in UnderWay)
            {
                var page = await desk.Get($"/api/orders?status={status}&limit=100", stop);
                left.AddRange(page.GetProperty("items").EnumerateArray().Select(order => $"order {order.GetProperty("id").GetString()} is {status}"));
            }
            if (left.Count == 0 || tally.Now > until) return left;
            await Task.Delay(Look, stop);
        }
    }
}
