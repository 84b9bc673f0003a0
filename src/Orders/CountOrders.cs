using System.Diagnostics.Metrics;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>How many orders there are in each state: to staff all of them, at <c>/metrics</c> those that are not at their end,
/// and those whose present step keeps failing.</summary>
public sealed class CountOrders : IStoredFigure, IDisposable
{
    /// <summary>Tries of one step, with the back-off between them about a minute: nothing that mends by itself takes so long.</summary>
    private const int ManyAttempts = 8;

    private static readonly string[] Open = [OrderStatus.Placed, OrderStatus.AwaitingPayment, OrderStatus.Closing, OrderStatus.Paid, OrderStatus.Refunding];

    private readonly Meter _meter = new(Telemetry.Meter.Name);
    private readonly Gauge<long> _orders;
    private readonly Gauge<long> _stuck;
    private readonly Database _database;

    public CountOrders(Database database)
    {
        _database = database;
        _orders = _meter.CreateGauge<long>("stoa.orders", description: "Orders that are not at their end, by state");
        _stuck = _meter.CreateGauge<long>("stoa.orders.stuck", description: "Orders whose present step has failed for about a minute");
    }

    /// <summary><c>GET /api/orders/counts</c>: every state, also those that no order is in.</summary>
    public static async Task<Counts> Handle(Database database, CancellationToken stop)
    {
        var counted = await Count(database, OrderStatus.All, stop);
        return new([.. OrderStatus.All.Select(status => new StatusCount(status, counted.GetValueOrDefault(status)))]);
    }

    /// <inheritdoc/>
    public async Task Read(CancellationToken stop)
    {
        var counted = await Count(_database, Open, stop);
        foreach (var status in Open) _orders.Record(counted.GetValueOrDefault(status), new KeyValuePair<string, object?>("status", status));
        _stuck.Record(await _database.Scalar<long>(
            "SELECT COUNT(*) FROM orders WHERE next_attempt IS NOT NULL AND attempts >= @ManyAttempts", new { ManyAttempts }, stop));
    }

    /// <summary>Ends the gauges.</summary>
    public void Dispose() => _meter.Dispose();

    private static async Task<Dictionary<string, long>> Count(Database database, string[] states, CancellationToken stop) =>
        (await database.Query<(string Status, long Orders)>("SELECT status, COUNT(*) FROM orders WHERE status IN @states GROUP BY status", new { states }, stop))
            .ToDictionary(one => one.Status, one => one.Orders);

    public sealed record Counts(StatusCount[] Items);

    public sealed record StatusCount(string Status, long Orders);
}
