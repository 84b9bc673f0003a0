using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

public sealed class CreatePaymentIntentTests(Bank bank) : IClassFixture<Bank>
{
    [Fact]
    public async Task An_unconfirmed_intent_has_Stripes_fields_and_waits_for_a_method()
    {
        var intent = (await bank.Post("/v1/payment_intents", ("amount", 2000), ("currency", "USD"), ("metadata[order]", "7"),
            ("automatic_payment_methods[enabled]", true), ("automatic_payment_methods[allow_redirects]", "never"), ("description", "Order 7"))).Ok();
        Assert.Matches("^pi_[0-9A-Za-z]{24}$", intent.At("id"));
        Assert.StartsWith(intent.At("id") + "_secret_", intent.At("client_secret"), StringComparison.Ordinal);
        Assert.Equal("payment_intent requires_payment_method 2000 0 usd 7 never False",
            string.Join(' ', new[] { "object", "status", "amount", "amount_received", "currency", "metadata.order", "automatic_payment_methods.allow_redirects", "livemode" }.Select(intent.At)));
        foreach (var field in Fields) Assert.True(intent.Json.TryGetProperty(field, out _), field);
        Assert.Matches("^req_[0-9A-Za-z]{14}$", intent.Header("Request-Id"));
        Assert.Equal(ApiVersion.Current, intent.Header("Stripe-Version"));
    }

    /// <summary>The required fields of https://docs.stripe.com/api/payment_intents/object.</summary>
    private static readonly string[] Fields =
    [
        "id", "object", "amount", "amount_capturable", "amount_received", "application", "application_fee_amount", "automatic_payment_methods",
        "canceled_at", "cancellation_reason", "capture_method", "client_secret", "confirmation_method", "created", "currency", "customer",
        "description", "last_payment_error", "latest_charge", "livemode", "metadata", "next_action", "on_behalf_of", "payment_method",
        "payment_method_options", "payment_method_types", "processing", "receipt_email", "review", "setup_future_usage", "shipping",
        "statement_descriptor", "statement_descriptor_suffix", "status", "transfer_data", "transfer_group",
    ];

    [Fact]
    public async Task A_method_of_a_test_id_becomes_a_method_of_its_own()
    {
        var intent = (await bank.Post("/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_visa")))).Ok();
        Assert.Equal("requires_confirmation", intent.At("status"));
        Assert.Matches("^pm_[0-9A-Za-z]{24}$", intent.At("payment_method"));
        var method = (await bank.Get("/v1/payment_methods/" + intent.At("payment_method"))).Ok();
        Assert.Equal("card visa 4242", $"{method.At("type")} {method.At("card.brand")} {method.At("card.last4")}");
    }

    [Fact]
    public async Task Confirmed_at_once_it_charges_once_and_says_with_what()
    {
        var intent = (await bank.Post("/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_mastercard"), ("confirm", true), ("expand[]", "latest_charge"), ("metadata[order]", "8")))).Ok();
        Assert.Equal("succeeded 2000", $"{intent.At("status")} {intent.At("amount_received")}");
        Assert.Equal("charge succeeded mastercard 4444 8 True",
            string.Join(' ', new[] { "object", "status", "payment_method_details.card.brand", "payment_method_details.card.last4", "metadata.order", "paid" }.Select(field => intent.At("latest_charge." + field))));
        Assert.Equal(["payment_intent.created", "payment_intent.succeeded"], await bank.EventTypes(intent.At("id")));
        Assert.Equal(["charge.succeeded"], await bank.EventTypes(intent.At("latest_charge.id")));
    }

    [Theory]
    [InlineData("amount", "49", "amount_too_small")]
    [InlineData("amount", "0", "parameter_invalid_integer")]
    [InlineData("amount", "-5", "parameter_invalid_integer")]
    [InlineData("amount", "20.5", "parameter_invalid_integer")]
    [InlineData("amount", "99999999999999999999", "parameter_invalid_integer")]
    [InlineData("amount", "100000000", "amount_too_large")]
    [InlineData("amount", "", "parameter_invalid_empty")]
    [InlineData("currency", "xyz", "")]
    [InlineData("currency", "", "parameter_invalid_empty")]
    [InlineData("confirm", "maybe", "")]
    [InlineData("capture_method", "manual", "")]
    [InlineData("payment_method_types[]", "ideal", "", "payment_method_types")]
    [InlineData("payment_method", "pm_card_nobody", "resource_missing")]
    [InlineData("payment_method", "pm_usBankAccount_success", "payment_intent_incompatible_payment_method")]
    [InlineData("return_url", "not a url", "url_invalid")]
    [InlineData("return_url", "https://shop.example/back", "")]
    [InlineData("amuont", "2000", "parameter_unknown")]
    [InlineData("automatic_payment_methods[enable]", "true", "parameter_unknown")]
    [InlineData("metadata", "text", "")]
    public async Task Refuses_a_wrong_parameter_and_names_it(string name, string value, string code, string? param = null) =>
        (await bank.Post("/v1/payment_intents", Bank.Usual((name, value)))).Refuses(400, "invalid_request_error", code, param ?? name);

    [Fact]
    public async Task Refuses_a_missing_amount_and_a_missing_currency()
    {
        (await bank.Post("/v1/payment_intents", ("currency", "usd"))).Refuses(400, "invalid_request_error", "parameter_missing", "amount");
        (await bank.Post("/v1/payment_intents", ("amount", 2000))).Refuses(400, "invalid_request_error", "parameter_missing", "currency");
    }

    [Fact]
    public async Task Refuses_metadata_beyond_Stripes_limits()
    {
        (await bank.Post("/v1/payment_intents", Bank.Usual(("metadata[k]", new string('x', 501))))).Refuses(400, "invalid_request_error", "", "metadata[k]");
        (await bank.Post("/v1/payment_intents", Bank.Usual((new string('k', 41).Insert(0, "metadata[") + "]", "v")))).Refuses(400, "invalid_request_error", "", "metadata");
        var many = Enumerable.Range(0, 51).Select(number => ($"metadata[k{number}]", (object)"v")).ToArray();
        (await bank.Post("/v1/payment_intents", Bank.Usual(many))).Refuses(400, "invalid_request_error", "", "metadata");
    }

    [Fact]
    public async Task Refuses_to_confirm_methods_that_may_redirect_without_a_way_back()
    {
        (string, object)[] automatic = [("amount", 2000), ("currency", "usd"), ("payment_method", "pm_card_visa"), ("confirm", true)];
        (await bank.Post("/v1/payment_intents", automatic)).Refuses(400, "invalid_request_error", "", "return_url");
        (await bank.Post("/v1/payment_intents", [.. automatic, ("return_url", "https://shop.example/back")])).Ok();
        (await bank.Post("/v1/payment_intents", [.. automatic, ("automatic_payment_methods[enabled]", true), ("automatic_payment_methods[allow_redirects]", "never")])).Ok();
    }

    [Fact]
    public async Task Refuses_to_confirm_without_a_method() =>
        (await bank.Post("/v1/payment_intents", Bank.Usual(("confirm", true)))).Refuses(400, "invalid_request_error", "payment_intent_unexpected_state");

    [Fact]
    public async Task A_refused_create_leaves_no_intent()
    {
        var before = (await bank.Get("/v1/payment_intents?limit=100")).Ok().Json.GetProperty("data").GetArrayLength();
        await bank.Post("/v1/payment_intents", Bank.Usual(("payment_method", "pm_card_nobody"), ("confirm", true)));
        Assert.Equal(before, (await bank.Get("/v1/payment_intents?limit=100")).Ok().Json.GetProperty("data").GetArrayLength());
    }
}
