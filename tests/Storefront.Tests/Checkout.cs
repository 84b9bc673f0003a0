namespace Stoa.Storefront.Tests;

public class Checkout
{
    private static readonly (string, string)[] Address =
        [("email", "anna@example.org"), ("name", "Anna"), ("line1", "Adrianou 24"), ("line2", ""), ("city", "Athens"), ("region", ""), ("postalCode", "105 55"), ("country", "GR")];

    [Fact]
    public async Task Shows_shipping_and_tax_before_the_order_is_placed()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        Assert.Equal("Is everything right?", review.Heading);
        Assert.Contains("$5.90", review.Html.QuerySelector(".totals")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("$24.90", review.Html.QuerySelector(".totals-sum")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("GR", shop.Api.CallsTo("POST /api/orders/quote")[^1].Body.GetProperty("shippingAddress").GetProperty("country").GetString());
        Assert.Empty(shop.Api.CallsTo("POST /api/orders"));
    }

    [Fact]
    public async Task Places_what_was_shown_at_the_totals_that_were_shown()
    {
        await using var shop = await Shop.Open();
        var placed = await shop.Visitor.Submit(await Review(shop), "/checkout");
        Assert.Equal($"/orders/{FakeApi.OrderId}/pay", placed.Location);
        var order = shop.Api.CallsTo("POST /api/orders").Single();
        Assert.Equal(1900, order.Body.GetProperty("shownTotal").GetProperty("amount").GetInt64());
        Assert.Equal(2490, order.Body.GetProperty("shownGrandTotal").GetProperty("amount").GetInt64());
        Assert.Equal("bowl-S", order.Body.GetProperty("items")[0].GetProperty("sku").GetString());
        Assert.Equal("anna@example.org", order.Body.GetProperty("email").GetString());
        Assert.Equal("Adrianou 24", order.Body.GetProperty("shippingAddress").GetProperty("line1").GetString());
        Assert.NotEqual(Guid.Empty, order.Body.GetProperty("cartId").GetGuid());
    }

    [Fact]
    public async Task Sends_one_key_however_often_a_page_is_sent()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        await Task.WhenAll(shop.Visitor.Submit(review, "/checkout"), shop.Visitor.Submit(review, "/checkout"));
        Assert.Single(shop.Api.CallsTo("POST /api/orders").Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task Waits_for_the_first_click_when_the_second_comes_while_it_runs()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        var tries = 0;
        shop.Api.On("POST /api/orders", _ => ++tries < 3 ? (409, FakeApi.Refusal(409, "request_in_progress")) : (201, FakeApi.Order("awaiting_payment")));
        Assert.Equal($"/orders/{FakeApi.OrderId}/pay", (await shop.Visitor.Submit(review, "/checkout")).Location);
    }

    [Fact]
    public async Task Two_tabs_of_a_checkout_are_one_order()
    {
        await using var shop = await Shop.Open();
        var (first, second) = (await Review(shop), await Review(shop));
        await shop.Visitor.Submit(first, "/checkout");
        await shop.Visitor.Submit(second, "/checkout");
        Assert.Single(shop.Api.CallsTo("POST /api/orders").Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task The_second_tab_is_led_to_the_order_that_the_first_one_made()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var left = await shop.Visitor.Get("/checkout");
        await shop.Visitor.Submit(await Review(shop), "/checkout");
        Assert.Equal($"/orders/{FakeApi.OrderId}/pay", (await shop.Visitor.Submit(left, "/checkout/review", Address)).Location);
        Assert.Single(shop.Api.CallsTo("POST /api/orders"));
    }

    [Fact]
    public async Task After_an_order_the_next_checkout_is_another_one()
    {
        await using var shop = await Shop.Open();
        var first = await Review(shop);
        await shop.Visitor.Submit(first, "/checkout");
        Assert.NotEqual(first.Input("key"), (await Review(shop)).Input("key"));
    }

    [Fact]
    public async Task A_key_that_made_an_order_which_nobody_remembers_is_not_used_for_ever()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 422, FakeApi.Refusal(422, "idempotency_key_reused"));
        Assert.Equal("/orders?placed=already", (await shop.Visitor.Submit(review, "/checkout")).Location);
        Assert.NotEqual(review.Input("key"), (await shop.Visitor.Get("/checkout/review")).Input("key"));
    }

    [Fact]
    public async Task What_is_bought_past_the_cart_in_another_tab_is_an_order_of_its_own()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        await shop.Visitor.Submit(await shop.Visitor.Get("/checkout?sku=bowl-A&quantity=1"), "/checkout/review", Address);
        await shop.Visitor.Submit(await shop.Visitor.Get("/checkout/review?sku=bowl-A&quantity=1"), "/checkout");
        await shop.Visitor.Submit(review, "/checkout");
        Assert.Equal(2, shop.Api.CallsTo("POST /api/orders").Select(call => call.Key).Distinct().Count());
    }

    [Fact]
    public async Task Asks_for_what_is_missing_and_keeps_what_was_typed()
    {
        await using var shop = await Shop.Open();
        var page = await Review(shop, ("email", "nobody"), ("city", ""));
        Assert.Equal(422, page.Status);
        Assert.NotNull(page.Html.QuerySelector("#email-error"));
        Assert.NotNull(page.Html.QuerySelector("#city-error"));
        Assert.Null(page.Html.QuerySelector("#line1-error"));
        Assert.Equal("Adrianou 24", page.Input("line1"));
        Assert.Equal("email-error", page.Html.QuerySelector("#email")!.GetAttribute("aria-describedby"));
        Assert.Equal(["#email", "#city"], page.Html.QuerySelectorAll(".notice a").Select(link => link.GetAttribute("href"))); // as they stand below
    }

    [Fact]
    public async Task Shows_the_apis_own_objections_at_their_fields()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 422, FakeApi.Refusal(422, "validation", new { errors = new Dictionary<string, string[]> { ["shippingAddress.line1"] = ["must be one line"] } }));
        var page = await shop.Visitor.Submit(review, "/checkout");
        Assert.Equal(422, page.Status);
        Assert.Equal("The street must be one line.", page.Html.QuerySelector("#line1-error")!.TextContent);
    }

    [Fact]
    public async Task Shows_the_new_price_when_it_changed_and_lets_the_shopper_decide()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 409, FakeApi.Refusal(409, "price_changed", new { currentTotal = FakeApi.Usd(2790) }));
        shop.Api.On("POST /api/orders/quote", 200, FakeApi.Quote(2200));
        var page = await shop.Visitor.Submit(review, "/checkout");
        Assert.Equal(409, page.Status);
        Assert.Contains("It was $24.90 and is now $27.90", page.Html.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2790", page.Input("total"));
        Assert.Equal(review.Input("key"), page.Input("key")); // I3: a refused request leaves the key free
    }

    [Fact]
    public async Task Says_what_is_sold_out_and_that_nothing_was_charged()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 409, FakeApi.Refusal(409, "out_of_stock", new { orderId = FakeApi.OrderId, items = new[] { new { sku = "bowl-S", requested = 5, available = 1 } } }));
        var page = await shop.Visitor.Submit(review, "/checkout");
        Assert.Equal(409, page.Status);
        Assert.Contains("you wanted 5, there is 1 left", page.Text, StringComparison.Ordinal);
        Assert.Equal("Bowl, sand", page.Html.QuerySelector(".shortages strong")!.TextContent);
        Assert.Contains("Nothing was charged", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_left_the_catalogue_apart_and_lets_the_rest_be_bought()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("GET /api/cart", 200, new
        {
            id = Guid.Empty,
            version = 2,
            notForSale = new[] { new { sku = "JUG", name = "Jug", quantity = 2 } },
            subtotal = FakeApi.Usd(1900),
            items = new[] { new { sku = "bowl-S", slug = "bowl", name = "Bowl, sand", quantity = 1, unitPrice = FakeApi.Usd(1900), lineTotal = FakeApi.Usd(1900) } },
        });
        var cart = await shop.Visitor.Get("/cart");
        Assert.Contains("No longer for sale", cart.Text, StringComparison.Ordinal);
        Assert.NotNull(cart.Html.QuerySelector("a[href='/checkout']"));
        await shop.Visitor.Get("/checkout");
        Assert.Equal(1, shop.Api.CallsTo("POST /api/orders/quote").Single().Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Takes_what_is_left_of_it_by_one_click()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 409, FakeApi.Refusal(409, "out_of_stock", new { items = new[] { new { sku = "bowl-S", requested = 5, available = 2 } } }));
        shop.Api.On("PUT /api/cart/items/bowl-S", 200, new { id = Guid.Empty, version = 3, items = Array.Empty<object>(), subtotal = FakeApi.Usd(0) });
        var page = await shop.Visitor.Submit(review, "/checkout");
        Assert.Equal("/cart", (await shop.Visitor.Submit(page, "/cart/lines")).Location);
        Assert.Equal(2, shop.Api.CallsTo("PUT /api/cart/items/bowl-S").Single().Body.GetProperty("quantity").GetInt32());
    }

    [Theory, InlineData(2100, "Cheaper than when you put it here: it was $21.00."), InlineData(1700, "Dearer than when you put it here: it was $17.00.")]
    public async Task The_cart_points_out_a_price_that_moved(long before, string words)
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        shop.Api.On("GET /api/cart", 200, new
        {
            id = Guid.Empty,
            version = 2,
            subtotal = FakeApi.Usd(1900),
            items = new[] { new { sku = "bowl-S", slug = "bowl", name = "Bowl, sand", quantity = 1, unitPrice = FakeApi.Usd(1900), lineTotal = FakeApi.Usd(1900), previousUnitPrice = FakeApi.Usd(before) } },
        });
        var cart = await shop.Visitor.Get("/cart");
        Assert.Equal(words, cart.Html.QuerySelector(".moved")!.TextContent);
        Assert.Contains("Some prices have changed", cart.Html.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_still_being_confirmed_is_shown_as_such()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("POST /api/orders", 202, FakeApi.Order("placed"));
        shop.Api.On($"GET /api/orders/{FakeApi.OrderId}", 200, FakeApi.Order("placed"));
        var placed = await shop.Visitor.Submit(await Review(shop), "/checkout");
        Assert.Equal($"/orders/{FakeApi.OrderId}", placed.Location);
        var page = await shop.Visitor.Get(placed.Location!);
        Assert.Equal("We are confirming your order", page.Heading);
        Assert.NotNull(page.Html.QuerySelector("head noscript meta[http-equiv=refresh]"));
        Assert.NotNull(page.Html.QuerySelector("script[src^='/watch.js']"));
    }

    [Fact]
    public async Task Buys_one_thing_past_the_cart_while_carts_are_away()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/cart", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        var product = await shop.Visitor.Get("/products/bowl");
        var to = (await shop.Visitor.Submit(product, "/buy", ("quantity", "3"))).Location!;
        Assert.Equal("/checkout?sku=bowl-S&quantity=3", to);
        var on = (await shop.Visitor.Submit(await shop.Visitor.Get(to), "/checkout/review", Address)).Location!;
        Assert.Equal("/checkout/review?sku=bowl-S&quantity=3", on);
        var review = await shop.Visitor.Get(on);
        Assert.Equal(303, (await shop.Visitor.Submit(review, "/checkout")).Status);
        var order = shop.Api.CallsTo("POST /api/orders").Single().Body;
        Assert.Equal(3, order.GetProperty("items")[0].GetProperty("quantity").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, order.GetProperty("cartId").ValueKind);
    }

    [Fact]
    public async Task Rests_with_a_kind_page_while_orders_are_away()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("POST /api/orders/quote", 503, FakeApi.Refusal(503, "temporarily_unavailable"));
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var page = await shop.Visitor.Get("/checkout");
        Assert.Equal(503, page.Status);
        Assert.Contains("The checkout is resting", page.Text, StringComparison.Ordinal);
        Assert.Equal("5", page.Header("Retry-After"));
    }

    [Fact]
    public async Task Going_back_after_placing_leads_to_the_order_and_not_to_another()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await Review(shop), "/checkout");
        Assert.Equal($"/orders/{FakeApi.OrderId}/pay", (await shop.Visitor.Get("/checkout/review")).Location);
    }

    [Fact]
    public async Task A_reloaded_review_is_the_same_order()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        Assert.Equal(review.Input("key"), (await shop.Visitor.Get("/checkout/review")).Input("key"));
    }

    [Fact]
    public async Task Starting_anew_beside_an_unpaid_order_points_to_it()
    {
        await using var shop = await Shop.Open();
        shop.Api.On("GET /api/orders", 200, FakeApi.List(FakeApi.Order("awaiting_payment")));
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        Assert.NotNull((await shop.Visitor.Get("/checkout")).Html.QuerySelector($".notice a[href='/orders/{FakeApi.OrderId}/pay']"));
    }

    [Fact]
    public async Task The_next_try_after_sold_out_is_another_order()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        shop.Api.On("POST /api/orders", 409, FakeApi.Refusal(409, "out_of_stock", new { items = Array.Empty<object>() }));
        await shop.Visitor.Submit(review, "/checkout");
        Assert.NotEqual(review.Input("key"), (await shop.Visitor.Get("/checkout/review")).Input("key"));
    }

    [Fact]
    public async Task What_was_typed_is_kept_where_nobody_else_reads_it()
    {
        await using var shop = await Shop.Open();
        var review = await Review(shop);
        Assert.Equal("Adrianou 24", (await shop.Visitor.Get("/checkout")).Input("line1"));
        Assert.DoesNotContain("Adrianou", shop.Visitor.Cookie("stoa.checkout"), StringComparison.Ordinal);
        shop.Visitor.Forge("stoa.checkout", "forged");
        Assert.Equal("/checkout", (await shop.Visitor.Get("/checkout/review")).Location);
    }

    [Fact]
    public async Task An_address_too_long_for_a_cookie_is_reviewed_all_the_same()
    {
        await using var shop = await Shop.Open();
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var review = await shop.Visitor.Submit(await shop.Visitor.Get("/checkout"), "/checkout/review",
            [.. Address.Where(f => f.Item1 is not "line1"), ("line1", new string('Ω', 3000))]);
        Assert.Equal("Is everything right?", review.Heading);
    }

    private static async Task<Page> Review(Shop shop, params (string Name, string Value)[] instead)
    {
        await shop.Visitor.Submit(await shop.Visitor.Get("/products/bowl"), "/cart/items");
        var changed = instead.Select(f => f.Name).ToHashSet();
        var page = await shop.Visitor.Submit(await shop.Visitor.Get("/checkout"), "/checkout/review", [.. Address.Where(f => !changed.Contains(f.Item1)), .. instead]);
        return page.Location is { } review ? await shop.Visitor.Get(review) : page;
    }
}
