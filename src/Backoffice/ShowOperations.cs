using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>How the store is: its processes, how far they have read one another, orders by state, and the last hour.</summary>
public static class ShowOperations
{
    /// <param name="of">The process whose hour is drawn; the Gateway's is everybody's.</param>
    public static async Task<IResult> Handle(string? of, OfficeApi api, CancellationToken stop)
    {
        var (operations, orders) = (api.Operations(stop), api.OrderCounts(stop));
        await Task.WhenAll(operations, orders);
        var seen = (await operations).Needed("How the store is");
        var drawn = of is null ? seen.Processes[0] : seen.Processes.FirstOrDefault(one => one.Name == of);
        return drawn is null ? Show.NotFound() : Show.Page<OperationsPage>(new { Seen = seen, Drawn = drawn, Orders = (await orders).Value?.Items });
    }
}
