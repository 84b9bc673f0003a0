using Microsoft.AspNetCore.WebUtilities;

namespace Stoa.StripeSandbox;

/// <summary>Form-encoded parameters as a tree: <c>metadata[order]=7&amp;expand[]=latest_charge</c> has the fields
/// <c>metadata</c> (with the field <c>order</c>) and <c>expand</c> (with the field <c>0</c>).</summary>
public sealed class Form
{
    private const int MostPairs = 1000;
    private const int DeepestName = 6;
    private const int LongestName = 400;

    private readonly SortedDictionary<string, Form> fields = new(StringComparer.Ordinal);

    /// <summary>The value, where this is a leaf.</summary>
    public string? Text { get; private set; }

    public IReadOnlyDictionary<string, Form> Fields => fields;

    /// <summary>Reads a query string or a form body.</summary>
    /// <returns>Null when it is none: a name that opens a bracket and does not close it, a name that is a value and an
    /// object at once, a control character, or more than a request may hold.</returns>
    public static Form? Parse(string encoded) => Parse(new Form(), encoded);

    /// <summary>Reads further parameters into a tree (a POST may carry some in its query).</summary>
    public static Form? Parse(Form root, string encoded)
    {
        using var reader = new FormReader(encoded) { ValueCountLimit = MostPairs, KeyLengthLimit = LongestName * 3 };
        var pairs = 0;
        while (reader.ReadNextPair() is { } pair)
        {
            if (++pairs > MostPairs || pair.Key.Length > LongestName) return null;
            // PostgreSQL has no NUL in text, and Stripe refuses one as well.
            if (pair.Key.Contains('\0') || pair.Value.Contains('\0')) return null;
            if (PathOf(pair.Key) is not { } path || !root.Set(path, pair.Value)) return null;
        }
        return root;
    }

    /// <summary>The same parameters in one order, whatever order they came in: what an idempotency key is compared by.</summary>
    public string Canonical() => string.Join('&', Leaves("").Select(leaf => $"{Uri.EscapeDataString(leaf.Name)}={Uri.EscapeDataString(leaf.Text)}"));

    private IEnumerable<(string Name, string Text)> Leaves(string name)
    {
        if (Text is not null) yield return (name, Text);
        foreach (var (key, field) in fields)
            foreach (var leaf in field.Leaves(name.Length == 0 ? key : $"{name}[{key}]")) yield return leaf;
    }

    private bool Set(List<string> path, string text)
    {
        var at = this;
        foreach (var step in path)
        {
            if (at.Text is not null) return false;
            // `a[]` is the next one of a list.
            var key = step.Length == 0 ? at.fields.Count.ToString("D", System.Globalization.CultureInfo.InvariantCulture) : step;
            if (!at.fields.TryGetValue(key, out var next)) at.fields[key] = next = new Form();
            at = next;
        }
        if (at.fields.Count > 0) return false;
        at.Text = text;
        return true;
    }

    /// <summary><c>a[b][]</c> → a, b, "".</summary>
    private static List<string>? PathOf(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return name.Length == 0 ? null : [name];
        if (open == 0 || !name.EndsWith(']')) return null;
        List<string> path = [name[..open], .. name[(open + 1)..^1].Split("][")];
        return path.Count <= DeepestName && path.TrueForAll(step => step.AsSpan().IndexOfAny('[', ']') < 0) ? path : null;
    }
}
