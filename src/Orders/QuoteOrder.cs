using Microsoft.AspNetCore.Http.HttpResults;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What an order of these lines would cost now: at our prices, with shipping and tax for its country.</summary>
public sealed record Quote(OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total);

/// <summary>Tells what an order would cost now; holds nothing and promises nothing.</summary>
public static class QuoteOrder
{
    public sealed record Request(WantedLine?[]? Items, AddressRequest? ShippingAddress);

    public static async Task<Results<Ok<Quote>, ProblemHttpResult>> Handle(
        Request request, Database database, Subscriptions copies, ShippingAndTax rates, CancellationToken stop)
    {
        if (request.Items is not { Length: > 0 } items) return WantedLine.CartEmpty();
        var validation = new Validation();
        var wanted = WantedLine.Sum(items, validation);
        AddressRequest.CheckCountry(request.ShippingAddress, validation);
        if (validation.Problem is { } invalid) return invalid;

        var (lines, refusal) = await OurPrices.For(wanted, database, copies, stop);
        return refusal is null ? TypedResults.Ok(rates.Of(lines, request.ShippingAddress!.Country!)) : refusal;
    }
}
