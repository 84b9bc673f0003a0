using System.Globalization;
using System.Text.Json;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>A running sandbox and a client that speaks to it as Stripe's clients do, with its pages and its webhooks' receiver at hand.</summary>
public sealed class Bank : IAsyncLifetime
{
    public const string Key = "sk_test_of_the_tests";
    public const string WebhookSecret = "whsec_of_the_tests";

    private readonly Dictionary<string, string?> settings;
    private TestStore? store;

    public Bank() : this([])
    {
    }

    private Bank(Dictionary<string, string?> settings) => this.settings = settings;

    public TestStore Store => store ?? throw new InvalidOperationException("not started");

    public ManualClock? Clock { get; private init; }

    /// <summary>What the webhook endpoint has received; what it answers.</summary>
    public Receiver Webhooks { get; } = new();

    public static async Task<Bank> Start(ManualClock? clock = null, params (string Name, string Value)[] settings)
    {
        var bank = new Bank(settings.ToDictionary(one => one.Name, one => (string?)one.Value)) { Clock = clock };
        await bank.InitializeAsync();
        return bank;
    }

    public async ValueTask InitializeAsync()
    {
        settings["STRIPE_SECRET_KEY"] = Key;
        settings["STRIPE_WEBHOOK_SECRET"] = WebhookSecret;
        store = await TestStore.Start([("gateway", Webhooks.Build), ("sandbox", Program.Build)], Clock, settings);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Store.Api("sandbox").As(Key).Get(path, headers);

    public Task<Reply> Post(string path, params (string Name, object Value)[] form) => Keyed(null, path, form);

    /// <summary>A POST with an Idempotency-Key.</summary>
    public Task<Reply> Keyed(string? key, string path, params (string Name, object Value)[] form) =>
        Store.Api("sandbox").As(Key).Post(path, Encode(form), key);

    /// <summary>An intent of 20 dollars for cards.</summary>
    public async Task<string> Intent(params (string Name, object Value)[] more) => (await Post("/v1/payment_intents", Usual(more))).Ok().At("id");

    /// <summary>An intent that a method has paid.</summary>
    public async Task<JsonElement> Paid(string method = "pm_card_visa", params (string Name, object Value)[] more) =>
        (await Post("/v1/payment_intents", Usual([("payment_method", method), ("confirm", true), .. more]))).Ok().Json;

    public Task<Reply> Confirm(string intent, string method, params (string Name, object Value)[] more) =>
        Post($"/v1/payment_intents/{intent}/confirm", [("payment_method", method), .. more]);

    public async Task<string[]> EventTypes(string subject)
    {
        var events = (await Get("/v1/events?limit=100")).Ok().Json.GetProperty("data").EnumerateArray().Reverse();
        return [.. events.Where(one => one.GetProperty("data").GetProperty("object").At("id") == subject).Select(one => one.At("type"))];
    }

    public static (string, object)[] Usual(params (string Name, object Value)[] more)
    {
        (string Name, object Value)[] usual = [("amount", 2000), ("currency", "usd"), ("payment_method_types[]", "card")];
        return [.. usual.Where(one => !more.Any(other => other.Name == one.Name)), .. more];
    }

    private static FormUrlEncodedContent Encode((string Name, object Value)[] form) => new(form.Select(pair =>
        KeyValuePair.Create(pair.Name, pair.Value is bool truth ? truth ? "true" : "false" : Convert.ToString(pair.Value, CultureInfo.InvariantCulture)!)));
}

public static class Replies
{
    /// <summary>Fails with the whole answer when it is not a success.</summary>
    public static Reply Ok(this Reply reply)
    {
        Assert.True(reply.Status == 200, reply.ToString());
        return reply;
    }

    /// <summary>A value by its path, such as <c>error.payment_intent.status</c>; "" where it is null or absent.</summary>
    public static string At(this Reply reply, string path) => reply.Json.At(path);

    public static string At(this JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Array) element = element[int.Parse(step, CultureInfo.InvariantCulture)];
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element)) return "";
        }
        return element.ToString();
    }

    /// <summary>Holds when the answer is this refusal.</summary>
    public static Reply Refuses(this Reply reply, int status, string type, string code = "", string param = "")
    {
        Assert.Equal((status, type, code, param), (reply.Status, reply.At("error.type"), reply.At("error.code"), reply.At("error.param")));
        Assert.NotEmpty(reply.At("error.message"));
        Assert.Equal("application/json", reply.ContentHeaders.ContentType?.MediaType);
        return reply;
    }
}
