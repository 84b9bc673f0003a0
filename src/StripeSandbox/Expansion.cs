using System.Text.Json.Nodes;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>Stripe's <c>expand[]</c>: an id in an answer gives way to the object it names
/// (https://docs.stripe.com/api/expanding_objects). Which ids may is known beforehand, so a wrong path is refused before
/// anything is done.</summary>
public static class Expansion
{
    public const string Session = "checkout.session";
    public const string Intent = "payment_intent";
    public const string Charge = "charge";
    public const string Refund = "refund";
    public const string Method = "payment_method";
    public const string Event = "event";

    private const int DeepestPath = 4;

    /// <summary>Per object: the properties that may be expanded, and what comes out. The empty ones are always null here.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Expandable = new()
    {
        [Session] = new() { ["payment_intent"] = Intent, ["customer"] = "", ["invoice"] = "", ["setup_intent"] = "", ["subscription"] = "" },
        [Intent] = new() { ["latest_charge"] = Charge, ["payment_method"] = Method, ["customer"] = "", ["application"] = "", ["on_behalf_of"] = "", ["review"] = "" },
        [Charge] = new() { ["payment_intent"] = Intent, ["refunds"] = Refund, ["balance_transaction"] = "", ["customer"] = "", ["application"] = "", ["review"] = "", ["failure_balance_transaction"] = "" },
        [Refund] = new() { ["charge"] = Charge, ["payment_intent"] = Intent, ["balance_transaction"] = "" },
        [Method] = new() { ["customer"] = "" },
        [Event] = [],
    };

    /// <summary>Null when every path leads to something that can be expanded.</summary>
    /// <param name="root">The object that the call answers, or that its list holds.</param>
    public static StripeError? Refuses(IReadOnlyList<string> paths, string root, bool list)
    {
        foreach (var path in paths)
        {
            var steps = path.Split('.');
            if (steps.Length > DeepestPath)
                return StripeError.Invalid(null, null, $"You cannot expand more than {DeepestPath} levels of a property. Property: {path}");
            if (!Leads(list && steps[0] == "data" ? steps[1..] : list ? [] : steps, root))
                return StripeError.Invalid(null, null, $"This property cannot be expanded ({path}).{(list && steps[0] != "data" && Leads(steps, root) ? $" You may want to try expanding 'data.{path}' instead." : "")}");
        }
        return null;
    }

    private static bool Leads(string[] steps, string type)
    {
        if (steps.Length == 0) return false;
        foreach (var step in steps)
        {
            // Within a list that stands in an object, as in `latest_charge.refunds.data.charge`.
            if (step == "data") continue;
            if (!Expandable.TryGetValue(type, out var properties) || !properties.TryGetValue(step, out var next)) return false;
            type = next;
        }
        return true;
    }

    /// <summary>Puts the objects in the place of their ids.</summary>
    public static async Task Apply(JsonObject answer, IReadOnlyList<string> paths, Sql rows)
    {
        foreach (var path in paths) await Apply(answer, path.Split('.'), rows);
    }

    private static async Task Apply(JsonObject at, string[] steps, Sql rows)
    {
        if (steps.Length == 0) return;
        var (name, rest) = (steps[0], steps[1..]);
        if (name == "refunds" && at["refunds"] is null)
            at["refunds"] = await RefundsOf(rows, at["id"]!.GetValue<string>());
        else if (at[name] is JsonValue id && await Named(rows, id.GetValue<string>()) is { } found)
            at[name] = found;

        if (at[name] is JsonObject next) await Apply(next, rest, rows);
        if (at[name] is JsonArray items)
            foreach (var item in items.OfType<JsonObject>()) await Apply(item, rest, rows);
    }

    /// <summary>An id says by its prefix what it names.</summary>
    private static async Task<JsonObject?> Named(Sql rows, string id) => id.Split('_')[0] switch
    {
        "pi" => (await rows.Find<PaymentIntent>("SELECT * FROM payment_intents WHERE id = @id", new { id }))?.ToJson(),
        "ch" or "py" => (await rows.Find<Charge>("SELECT * FROM charges WHERE id = @id", new { id }))?.ToJson(),
        "pm" => (await rows.Find<PaymentMethod>("SELECT * FROM payment_methods WHERE id = @id", new { id }))?.ToJson(),
        _ => null,
    };

    /// <summary>The list that Stripe puts into a charge: its ten newest refunds.</summary>
    private static async Task<JsonObject> RefundsOf(Sql rows, string charge)
    {
        var refunds = await rows.Query<Refund>("SELECT * FROM refunds WHERE charge = @charge ORDER BY created_at DESC, id DESC LIMIT 11", new { charge });
        return ListPage.Listed(refunds.Take(10), refunds.Count > 10, $"/v1/charges/{charge}/refunds", refund => refund.ToJson());
    }
}
