using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>Stripe's <c>expand[]</c>: an id in an answer gives way to the object it names
/// (https://docs.stripe.com/api/expanding_objects). Which ids may is known beforehand, so a wrong path is refused before
/// anything is done.</summary>
public static class Expansion
{
    public const string Intent = "payment_intent";
    public const string Charge = "charge";
    public const string Refund = "refund";
    public const string Method = "payment_method";
    public const string Event = "event";

    private const int DeepestPath = 4;

    /// <summary>Per object: the properties that may be expanded, and what comes out. The empty ones are always null here.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Expandable = new()
    {
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
    public static async Task Apply(JsonObject answer, IReadOnlyList<string> paths, Rows rows)
    {
        foreach (var path in paths) await Apply(answer, path.Split('.'), rows);
    }

    private static async Task Apply(JsonObject at, string[] steps, Rows rows)
    {
        if (steps.Length == 0) return;
        var (name, rest) = (steps[0], steps[1..]);
        if (name == "refunds" && at["refunds"] is null)
            at["refunds"] = await rows.RefundsOf(at["id"]!.GetValue<string>());
        else if (at[name] is JsonValue id && await rows.Object(id.GetValue<string>()) is { } found)
            at[name] = found;

        if (at[name] is JsonObject next) await Apply(next, rest, rows);
        if (at[name] is JsonArray items)
            foreach (var item in items.OfType<JsonObject>()) await Apply(item, rest, rows);
    }
}
