using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Spectre.Console;

namespace Stoa.Launcher;

/// <summary>One purchase from signing up to a paid order, through the Gateway, each call shown with its answer.</summary>
public sealed class Demo : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly CancellationToken _stop;

    private Demo(Uri gateway, CancellationToken stop)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway, Timeout = Patience };
        _stop = stop;
    }

    /// <summary>On the store that runs, or on one for the occasion, which leaves nothing behind.</summary>
    public static async Task<int> Run(DataFolder data, string? postgres, CancellationToken stop)
    {
        if (RunFile.Read(data) is { } run)
        {
            if (run.Processes.All(process => process.Name != Topology.Sandbox))
                throw new CannotGoOnException($"The store on {data.FullPath} takes real payments; the demo pays with the sandbox's test cards only.");
            if (postgres is not null) throw new CannotGoOnException($"A store runs on {data.FullPath}, and the demo walks through that one: leave --postgres out, or name another folder with --data.");
            await Walk(run.Processes.First(process => process.Name == Topology.Gateway).Url, stop);
            return 0;
        }

        Console.WriteLine($"No store runs on {data.FullPath}: starting a temporary one.");
        var folder = Directory.CreateTempSubdirectory("stoa-demo-");
        try
        {
            var options = new StoreOptions(new DataFolder(folder.FullName), Port: 0) { Postgres = postgres, IsTemporary = true };
            await using var store = await StartStore.Run(options, Repository.Find(), stop);
            await Walk(store.UrlOf(Topology.Gateway), stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        Console.WriteLine("The temporary store has ended.");
        return 0;
    }

    public void Dispose() => _http.Dispose();

    private static async Task Walk(Uri gateway, CancellationToken stop)
    {
        using var demo = new Demo(gateway, stop);
        await demo.Walk();
    }

    private async Task Walk()
    {
        var email = $"ada.{RandomNumberGenerator.GetHexString(8, lowercase: true)}@example.com";
        const string Password = "an engine weaves algebra";

        var signup = await Call("UserService.signup", HttpMethod.Post, "/api/users", new { name = "Ada", email, password = Password });
        signup.Expect(201, () => $"{signup.Text("name")}, {email}");

        var wrong = await Call("UserService.login, with a wrong password", HttpMethod.Post, "/api/sessions", new { email, password = "a guess" });
        wrong.Expect(401, () => "Login failed");

        var login = await Call("UserService.login", HttpMethod.Post, "/api/sessions", new { email, password = Password });
        login.Expect(201, () => "Login successful");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.Text("accessToken"));

        var variant = await Browse();
        await FillCart(variant);
        var orderId = await PlaceOrder(variant);
        await Pay(orderId);
    }

    private async Task<JsonElement> Browse()
    {
        var list = await Call("ProductService.list_products", HttpMethod.Get, "/api/products?inStock=true&limit=5");
        list.Expect(200, () => string.Join(" · ", list.Items().Select(product => $"{product.Text("name")} {Price(product.GetProperty("priceFrom"))}")));
        if (list.Items() is not [var first, ..])
            throw new CannotGoOnException("The store has nothing in stock to buy. Start it without --empty.");

        var product = await Call("ProductService.get_product", HttpMethod.Get, $"/api/products/{first.Text("slug")}");
        product.Expect(200, () => $"{product.Text("name")}: {product.Text("summary")}");
        return product.Json.GetProperty("variants").EnumerateArray().First(variant => variant.GetProperty("inStock").GetBoolean());
    }

    private async Task FillCart(JsonElement variant)
    {
        var added = await Call("CartService.add_to_cart", HttpMethod.Post, "/api/cart/items", new { sku = variant.Text("sku"), quantity = 1 });
        added.Expect(200, () => $"1 × {variant.Text("name")}");

        var cart = await Call("CartService.view_cart", HttpMethod.Get, "/api/cart");
        cart.Expect(200, () => $"{string.Join(" · ", cart.Items().Select(Line))}, together {Price(cart.Json.GetProperty("subtotal"))}");

        static string Line(JsonElement line) => $"{line.GetProperty("quantity")} × {line.Text("name")} {Price(line.GetProperty("lineTotal"))}";
    }

    private async Task<string> PlaceOrder(JsonElement variant)
    {
        var order = await Call("OrderService.place_order", HttpMethod.Post, "/api/orders", new
        {
            items = new[] { new { sku = variant.Text("sku"), quantity = 1 } },
            shownTotal = variant.GetProperty("price"),
            shippingAddress = new { name = "Ada", line1 = "12 St James's Square", city = "London", postalCode = "SW1Y 4JH", country = "GB" },
        });
        if (order.Status == 202) order.Expect(202, () => "placed: the stock is being reserved");
        else order.Expect(201, () => $"order {order.Text("number")}, {order.Text("status")}, total {Price(order.Json.GetProperty("total"))}");
        return order.Text("id");
    }

    private async Task Pay(string orderId)
    {
        await Reaches(orderId, "awaiting_payment");
        var declined = await Call("PaymentService.pay, with a card that is declined", HttpMethod.Post, "/api/payments",
            new { orderId, method = "pm_card_visa_chargeDeclined" });
        declined.Expect(402, () => $"Payment failed ({declined.Text("declineCode")})");

        var paid = await Call("PaymentService.pay, with another card", HttpMethod.Post, "/api/payments", new { orderId, method = "pm_card_visa" });
        paid.Expect(201, () => $"Payment successful, {Price(paid.Json.GetProperty("amount"))}");

        var order = await Reaches(orderId, "paid");
        Show("OrderService, the order afterwards", HttpMethod.Get, $"/api/orders/{orderId}");
        order.Expect(200, () => $"order {order.Text("number")} is {order.Text("status")}");
    }

    /// <summary>Orders hears of stock and payments through events: soon, and not in the same moment.</summary>
    private async Task<Answer> Reaches(string orderId, string status)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, _stop))
        {
            var order = await Send(HttpMethod.Get, $"/api/orders/{orderId}", null);
            if (order.Status == 200 && order.Text("status") == status) return order;
            if (waited.Elapsed > Patience)
                throw new CannotGoOnException($"The order did not become {status} within {Patience.TotalSeconds} s; it said {order.Status} {order.Json}");
        }
    }

    private async Task<Answer> Call(string words, HttpMethod method, string path, object? body = null)
    {
        Show(words, method, path);
        return await Send(method, path, body);
    }

    private async Task<Answer> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", RandomNumberGenerator.GetHexString(32));
        try
        {
            using var answer = await _http.SendAsync(request, _stop);
            var text = await answer.Content.ReadAsStringAsync(_stop);
            return new Answer((int)answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
        }
        catch (HttpRequestException silence)
        {
            throw new CannotGoOnException($"The Gateway at {_http.BaseAddress} does not answer: {silence.Message}");
        }
    }

    private static void Show(string words, HttpMethod method, string path) =>
        AnsiConsole.MarkupLineInterpolated($"[bold]{words}[/]  {method} {path}");

    private static string Price(JsonElement money) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.GetProperty("amount").GetInt64() / 100m:0.00} {money.Text("currency")}");

    private sealed record Answer(int Status, JsonElement Json)
    {
        public string Text(string field) => Json.ValueKind == JsonValueKind.Object ? Json.Text(field) : "";

        public List<JsonElement> Items() => Json.GetProperty("items").EnumerateArray().ToList();

        /// <summary>Shows what it said, or ends the demo.</summary>
        public void Expect(int status, Func<string> words)
        {
            if (Status != status) throw new CannotGoOnException($"  {Status} where {status} was expected: {Json}");
            AnsiConsole.MarkupLineInterpolated($"  [{(status < 400 ? "green" : "yellow")}]{status}[/] {words()}");
        }
    }
}

/// <summary>Reads answers of the API.</summary>
public static class JsonText
{
    /// <summary>A string field; empty when it is not there.</summary>
    public static string Text(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
