using System.Text.Json;

namespace Stoa.StripeSandbox.Tests;

public sealed class ListTests(Bank bank) : IClassFixture<Bank>
{
    private static List<string> Ids(JsonElement list) => [.. list.GetProperty("data").EnumerateArray().Select(one => one.At("id"))];

    [Fact]
    public async Task Paging_forwards_and_backwards_meets_each_intent_once_newest_first()
    {
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Insert(0, await bank.Intent());
            var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            SpinWait.SpinUntil(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > at); // those of one millisecond come by their ids
        }

        var seen = new List<string>();
        string after = "", more = "True";
        while (more == "True" && !made.TrueForAll(seen.Contains))
        {
            var page = (await bank.Get("/v1/payment_intents?limit=3" + after)).Ok().Json;
            Assert.Equal("list /v1/payment_intents", $"{page.At("object")} {page.At("url")}");
            seen.AddRange(Ids(page));
            (after, more) = ("&starting_after=" + seen[^1], page.At("has_more"));
        }
        Assert.Equal(made, seen.Where(made.Contains));

        var back = (await bank.Get($"/v1/payment_intents?limit=3&ending_before={made[5]}")).Ok().Json;
        Assert.Equal(made[2..5], Ids(back));
        Assert.Equal("True", back.At("has_more"));
    }

    [Fact]
    public async Task The_last_page_says_that_there_is_no_more()
    {
        var paid = await bank.Paid();
        var charges = (await bank.Get("/v1/charges?limit=1&payment_intent=" + paid.At("id"))).Ok().Json;
        Assert.Equal("False", charges.At("has_more"));
        Assert.Equal([paid.At("latest_charge")], Ids(charges));
    }

    [Fact]
    public async Task Lists_are_narrowed_by_time_intent_charge_and_type()
    {
        var paid = await bank.Paid();
        var refund = (await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 100))).Ok().At("id");
        Assert.Equal([refund], Ids((await bank.Get("/v1/refunds?payment_intent=" + paid.At("id"))).Json));
        Assert.Equal([refund], Ids((await bank.Get("/v1/refunds?charge=" + paid.At("latest_charge"))).Json));
        Assert.Empty(Ids((await bank.Get("/v1/refunds?charge=ch_other")).Json));
        Assert.Contains(paid.At("id"), Ids((await bank.Get($"/v1/payment_intents?limit=100&created[gte]={paid.At("created")}&created[lte]={paid.At("created")}")).Json));
        Assert.DoesNotContain(paid.At("id"), Ids((await bank.Get($"/v1/payment_intents?limit=100&created[gt]={paid.At("created")}")).Json));
        Assert.DoesNotContain(paid.At("id"), Ids((await bank.Get($"/v1/payment_intents?limit=100&created[lt]={paid.At("created")}")).Json));
        Assert.Contains(paid.At("id"), Ids((await bank.Get($"/v1/payment_intents?limit=100&created={paid.At("created")}")).Json));
        var types = (await bank.Get("/v1/events?limit=100&types[]=charge.succeeded&types[]=refund.created")).Ok().Json.GetProperty("data").EnumerateArray().Select(one => one.At("type")).Distinct().Order();
        Assert.Equal(["charge.succeeded", "refund.created"], types);
    }

    [Theory]
    [InlineData("limit=0", "parameter_invalid_integer", "limit")]
    [InlineData("limit=-1", "parameter_invalid_integer", "limit")]
    [InlineData("limit=101", "parameter_invalid_integer", "limit")]
    [InlineData("limit=many", "parameter_invalid_integer", "limit")]
    [InlineData("starting_after=pi_nobody", "resource_missing", "starting_after")]
    [InlineData("ending_before=pi_nobody", "resource_missing", "ending_before")]
    [InlineData("customer=cus_nobody", "resource_missing", "customer")]
    [InlineData("created[gte]=yesterday", "parameter_invalid_integer", "created[gte]")]
    [InlineData("created[from]=5", "parameter_unknown", "created[from]")]
    [InlineData("page=2", "parameter_unknown", "page")]
    [InlineData("expand[]=data.amount", "", "")]
    [InlineData("expand[]=latest_charge", "", "")]
    public async Task Refuses_a_wrong_list_parameter(string query, string code, string param) =>
        (await bank.Get("/v1/payment_intents?" + query)).Refuses(400, "invalid_request_error", code, param);

    [Fact]
    public async Task Ids_give_way_to_objects_where_asked()
    {
        var paid = await bank.Paid();
        await bank.Post("/v1/refunds", ("payment_intent", paid.At("id")), ("amount", 100));
        var one = (await bank.Get($"/v1/payment_intents/{paid.At("id")}?expand[]=latest_charge.refunds&expand[]=payment_method")).Ok();
        Assert.Equal("charge 100 card", $"{one.At("latest_charge.object")} {one.At("latest_charge.refunds.data.0.amount")} {one.At("payment_method.type")}");
        var listed = (await bank.Get($"/v1/charges?payment_intent={paid.At("id")}&expand[]=data.payment_intent")).Ok();
        Assert.Equal(paid.At("id"), listed.At("data.0.payment_intent.id"));
        (await bank.Get($"/v1/payment_intents/{paid.At("id")}?expand[]=amount")).Refuses(400, "invalid_request_error");
    }

    [Fact]
    public async Task An_unknown_id_is_404_with_its_parameter()
    {
        (await bank.Get("/v1/payment_intents/pi_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "intent");
        (await bank.Get("/v1/charges/ch_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "id");
        (await bank.Get("/v1/events/evt_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "id");
        (await bank.Get("/v1/payment_methods/pm_nobody")).Refuses(404, "invalid_request_error", "resource_missing", "payment_method");
    }
}
