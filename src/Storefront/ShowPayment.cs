using Stoa.Kernel;
using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>The way to pay an order, with what became of the last try. A new form is a new key: a new try.</summary>
public static class ShowPayment
{
    public static async Task<IResult> Handle(Guid id, string? onward, ShopApi api, ShopSettings settings, Entropy entropy, CancellationToken stop)
    {
        var answer = await api.Order(id, stop);
        if (answer.Status is 404) return Show.NotFound();
        var order = answer.Needed(Texts.PartOrder);
        if (order.Status is not "awaiting_payment") return Show.Next($"/orders/{id}");

        var payments = await api.Payments(id, stop);
        var last = Latest(payments.Value);
        if (last?.Status is "succeeded" or "processing") return Show.Next($"/orders/{id}");
        return Show.Page<PayPage>(new { Order = order, Last = last, Key = entropy.NewId().ToString(), settings.Sandbox, PaymentsAreDown = payments.IsDown, Onward = onward is "yes" });
    }

    public static Payment? Latest(ListPage<Payment>? payments) => payments?.Items.MaxBy(p => p.CreatedAt);
}
