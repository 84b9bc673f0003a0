using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>What an engineer sees of a purchase, with every service running.</summary>
public sealed class Trace(RunningStore store)
{
    private const string Id = "57040a0000000000000000000000c11c";
    private const string Click = "000000000000c11c";

    [Fact]
    public async Task A_payment_is_one_trace_from_the_click_to_the_mail()
    {
        var ada = await store.Shopper();
        var order = await ada.Orders(await ada.Finds(11));
        await ada.Api.Post("/api/payments", new { orderId = Shopper.Id(order), method = "pm_card_visa" }, Shopper.NewKey(), ("traceparent", $"00-{Id}-{Click}-01"));
        await ada.UntilOrderIs(Shopper.Id(order), "paid");

        var spans = await Eventually.Get(() => Task.FromResult(store.Traces.Of(Id)), IsWhole, "the whole trace");
        Assert.Equal("stoa-gateway", Assert.Single(spans, span => span.Parent == Click).Service);
        foreach (var (service, name) in ((string, string)[])
            [("orders", "settlement takes payment.succeeded"), ("inventory", "takes order.paid"), ("carts", "takes order.paid"), ("notifications", "messages takes order.paid"), ("notifications", "message order_paid")])
            Assert.Contains(spans, span => span.Service == "stoa-" + service && span.Name.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The mail is sent, and no span's cause is missing.</summary>
    private static bool IsWhole(IReadOnlyList<Span> spans)
    {
        var known = spans.Select(span => span.Id).Append(Click).ToHashSet();
        string[] services = ["stoa-gateway", "stoa-payments", "stoa-sandbox", "stoa-orders", "stoa-inventory", "stoa-carts", "stoa-notifications"];
        return spans.Any(span => span.Name == "message order_paid") && services.All(service => spans.Any(span => span.Service == service)) && spans.All(span => known.Contains(span.Parent));
    }
}
