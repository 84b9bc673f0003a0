using System.Text.Json;

namespace Stoa.Backoffice;

/// <summary>What changed, in words, from how a service says that it stood before and after. Pure.</summary>
public static class Facts
{
    /// <summary>Such as <c>roles: staff → admin, staff</c>; of what was made or went away, all of it.</summary>
    public static string Difference(JsonElement? before, JsonElement? after)
    {
        var (was, isNow) = (Read(before), Read(after));
        var changed = was.Keys.Union(isNow.Keys).Where(name => was.GetValueOrDefault(name) != isNow.GetValueOrDefault(name));
        return string.Join("; ", changed.Select(name => (was.GetValueOrDefault(name), isNow.GetValueOrDefault(name)) switch
        {
            (null, var now) => $"{Name(name)}: {now}",
            (var then, null) => $"{Name(name)}: {then} → nothing",
            var (then, now) => $"{Name(name)}: {then} → {now}",
        }));
    }

    private static Dictionary<string, string> Read(JsonElement? facts) => facts is { ValueKind: JsonValueKind.Object } some
        ? some.EnumerateObject().Where(fact => fact.Value.ValueKind is not JsonValueKind.Null).ToDictionary(fact => fact.Name, fact => Text(fact.Value))
        : [];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.ToString(),
    };

    // offReason reads "off reason".
    private static string Name(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
