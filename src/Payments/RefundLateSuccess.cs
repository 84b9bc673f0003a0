using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Money that was taken for an order already closed goes back, all of it and by itself, and a person is told: it
/// should not have been possible (P11).</summary>
public sealed partial class RefundLateSuccess(Entropy entropy, IServiceProvider services, ILogger<RefundLateSuccess> log)
{
    /// <summary>Begins the refund in the transaction that books the charge.</summary>
    public async Task Begin(Transaction tx, Attempt paid)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(paid);
        var refund = await Refund.Begin(tx, entropy.NewId(), paid, paid.Amount, "order_closed", requestedBy: null, asksOrders: false, lease: TimeSpan.Zero);
        tx.OnCommitted(() =>
        {
            Telemetry.Alerts.Add(1, new KeyValuePair<string, object?>("kind", "late_success"));
            LogLate(log, paid.OrderId, paid.Id, refund.Id);
            services.GetRequiredService<LoopRegistry>().Wake(RecoverRefunds.LoopName); // the loops need what needs this: asked for late
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "order {Order} was paid by attempt {Attempt} after it was closed; refund {Refund} gives all of it back")]
    private static partial void LogLate(ILogger log, Guid order, Guid attempt, Guid refund);
}
