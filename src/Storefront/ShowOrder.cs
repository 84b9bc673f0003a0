using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>One order: the confirmation, and later its tracking. Looks again by itself while something is under way.</summary>
public static class ShowOrder
{
    public static async Task<IResult> Handle(Guid id, string? cancel, ShopApi api, CancellationToken stop)
    {
        var answer = await api.Order(id, stop);
        if (answer.Status is 404) return Show.NotFound();
        var order = answer.Needed(Texts.PartOrder);
        var payments = await api.Payments(id, stop);
        return Show.Page<OrderPage>(new
        {
            Order = order,
            Payment = ShowPayment.Latest(payments.Value),
            CancelRefused = cancel,
        });
    }
}
