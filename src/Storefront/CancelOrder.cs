namespace Stoa.Storefront;

/// <summary>Takes an unpaid order back.</summary>
public static class CancelOrder
{
    public static async Task<IResult> Handle(Guid id, ShopApi api, CancellationToken stop)
    {
        var answer = await api.CancelOrder(id, stop);
        return answer switch
        {
            { Ok: true } => Show.Next($"/orders/{id}"),
            { Status: 404 } => Show.NotFound(),
            { Status: 409 } => Show.Next($"/orders/{id}?cancel={(answer.Code is "order_already_paid" ? "paid" : "wait")}"),
            _ => throw new PartDownException(Texts.PartOrder, answer.Status),
        };
    }
}
