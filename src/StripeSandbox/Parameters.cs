using System.Globalization;

namespace Stoa.StripeSandbox;

/// <summary>Reads a request's parameters with Stripe's rules and words. The first one at fault is kept as
/// <see cref="Refusal"/>; what nobody asked for is <c>parameter_unknown</c>.</summary>
public sealed class Parameters
{
    private const int LongestText = 5000;

    private readonly Form form;
    private readonly string? path;
    private readonly Parameters root;
    private readonly List<Parameters> opened = [];
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private StripeError? refusal;

    public Parameters(Form form) : this(form, null, null)
    {
    }

    /// <summary>The parameters of a call that answers an object, or a list of objects, of this kind.</summary>
    public static Parameters Of(StripeCall call, string root, bool list = false)
    {
        var parameters = new Parameters(call.Form);
        parameters.MayExpand(root, list);
        return parameters;
    }

    private Parameters(Form form, string? path, Parameters? root)
    {
        this.form = form;
        this.path = path;
        this.root = root ?? this;
        this.root.opened.Add(this);
    }

    /// <summary>The first fault, in the order in which the parameters were read; unknown ones last. Null: none.</summary>
    public StripeError? Refusal => root.refusal ?? Unknown();

    public bool Has(string name) => form.Fields.ContainsKey(name);

    public string? Text(string name, bool required = false, int longest = LongestText)
    {
        if (Leaf(name, required) is not { } text) return null;
        if (text.Length == 0) return Refuse<string>(Empty(name));
        return text.Length <= longest ? text : Refuse<string>(StripeError.Invalid(Named(name), null,
            $"Invalid string: {text[..10]}...{text[^4..]}; must be at most {longest} characters"));
    }

    public long? Integer(string name, bool required = false, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Leaf(name, required) is not { } text) return null;
        if (text.Length == 0) return RefuseValue<long>(Empty(name));
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return RefuseValue<long>(StripeError.Invalid(Named(name), "parameter_invalid_integer", $"Invalid integer: {Shortened(text)}"));
        if (value < least)
            return RefuseValue<long>(StripeError.Invalid(Named(name), "parameter_invalid_integer", $"This value must be greater than or equal to {least} (it currently is '{value}')."));
        return value <= most ? value
            : RefuseValue<long>(StripeError.Invalid(Named(name), "parameter_invalid_integer", $"This value must be less than or equal to {most} (it currently is '{value}')."));
    }

    public bool? Boolean(string name) => Leaf(name, required: false) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        "" => RefuseValue<bool>(Empty(name)),
        var text => RefuseValue<bool>(StripeError.Invalid(Named(name), null, $"Invalid boolean: {Shortened(text)}")),
    };

    public string? OneOf(string name, params string[] allowed)
    {
        if (Text(name) is not { } text) return null;
        return allowed.Contains(text, StringComparer.Ordinal) ? text : Refuse<string>(StripeError.Invalid(Named(name), null,
            $"Invalid {name}: must be {(allowed.Length > 1 ? "one of " : "")}{Listed(allowed)}"));
    }

    /// <summary>An absolute http or https address.</summary>
    public string? Url(string name, bool required = false)
    {
        if (Text(name, required, longest: 2048) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? text
            : Refuse<string>(StripeError.Invalid(Named(name), "url_invalid", "Not a valid URL"));
    }

    /// <summary>Stripe's metadata: up to 50 keys of 40 characters with values of 500; an empty value removes its key.</summary>
    public IReadOnlyDictionary<string, string> Metadata()
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, field) in Children("metadata"))
        {
            if (field.Text is not { } text) Refuse<string>(StripeError.Invalid($"metadata[{Shortened(key)}]", null, "Metadata values must be strings."));
            else if (key.Length > 40) Refuse<string>(StripeError.Invalid("metadata", null, $"Metadata keys can have up to 40 characters, but you passed in a key that is {key.Length} characters. Invalid key: {Shortened(key)}"));
            else if (text.Length > 500) Refuse<string>(StripeError.Invalid($"metadata[{key}]", null, $"Metadata values can have up to 500 characters, but you passed in a value that is {text.Length} characters. Invalid value: {Shortened(text)}"));
            else metadata[key] = text;
        }
        if (metadata.Count > 50) Refuse<string>(StripeError.Invalid("metadata", null, $"You can have up to 50 keys of metadata, but you passed in {metadata.Count}."));
        return metadata;
    }

    /// <summary>A list of texts: <c>expand[]=a&amp;expand[]=b</c>.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (_, field) in Children(name))
        {
            if (field.Text is { Length: > 0 and <= 255 } text) texts.Add(text);
            else Refuse<string>(StripeError.Invalid(Named(name), null, "Invalid array"));
        }
        return texts;
    }

    /// <summary>The parameters within <c>name[…]</c>; null when there are none.</summary>
    public Parameters? Object(string name, bool required = false)
    {
        asked.Add(name);
        if (!form.Fields.TryGetValue(name, out var field))
            return required ? Refuse<Parameters>(Missing(name)) : null;
        return field.Text is null ? new Parameters(field, Named(name), root)
            : Refuse<Parameters>(StripeError.Invalid(Named(name), null, "Invalid object"));
    }

    /// <summary>The parameters within each of <c>name[0][…]</c>, <c>name[1][…]</c>.</summary>
    public IReadOnlyList<Parameters> Objects(string name)
    {
        var objects = new List<Parameters>();
        foreach (var (key, field) in Children(name))
        {
            if (field.Text is null) objects.Add(new Parameters(field, $"{Named(name)}[{Shortened(key)}]", root));
            else Refuse<string>(StripeError.Invalid($"{Named(name)}[{Shortened(key)}]", null, "Invalid object"));
        }
        return objects;
    }

    /// <summary>Times since 1970 in seconds, as <c>created=…</c> or <c>created[gte]=…</c> and the like.</summary>
    /// <returns>From this millisecond on, and before that one.</returns>
    public (long? FromMs, long? UntilMs) TimeRange(string name)
    {
        if (form.Fields.TryGetValue(name, out var field) && field.Text is not null)
            return Second(this, name) is { } exact ? (exact * 1000, (exact + 1) * 1000) : (null, null);
        if (Object(name) is not { } range) return (null, null);
        var from = Second(range, "gte") ?? Second(range, "gt") + 1;
        var until = Second(range, "lt") ?? Second(range, "lte") + 1;
        return (from * 1000, until * 1000);
    }

    /// <summary>The paths of <c>expand[]</c>, of what this call answers.</summary>
    private void MayExpand(string root, bool list)
    {
        Expand = Texts("expand");
        if (Expansion.Refuses(Expand, root, list) is { } error) Refuse<string>(error);
    }

    public IReadOnlyList<string> Expand { get; private set; } = [];

    /// <summary>Parameters of Stripe's that change nothing here, whatever stands in them.</summary>
    public void Ignore(params string[] names)
    {
        foreach (var name in names) asked.Add(name);
    }

    private static long? Second(Parameters from, string name) => from.Integer(name, least: 0, most: 100_000_000_000);

    private string? Leaf(string name, bool required)
    {
        asked.Add(name);
        if (!form.Fields.TryGetValue(name, out var field))
            return required ? Refuse<string>(Missing(name)) : null;
        return field.Text ?? Refuse<string>(StripeError.Invalid(Named(name), null, "Invalid string: expected a value, got an object"));
    }

    private IEnumerable<KeyValuePair<string, Form>> Children(string name)
    {
        asked.Add(name);
        if (!form.Fields.TryGetValue(name, out var field) || field.Text is { Length: 0 }) return [];
        if (field.Text is null) return field.Fields;
        Refuse<string>(StripeError.Invalid(Named(name), null, name == "metadata" ? "Invalid object" : "Invalid array"));
        return [];
    }

    private StripeError? Unknown()
    {
        var unknown = root.opened
            .SelectMany(level => level.form.Fields.Keys.Where(name => !level.asked.Contains(name)).Select(level.Named))
            .Select(Shortened).ToList();
        if (unknown.Count == 0) return null;
        return StripeError.Invalid(unknown[0], "parameter_unknown",
            $"Received unknown parameter{(unknown.Count > 1 ? "s" : "")}: {string.Join(", ", unknown)}");
    }

    private string Named(string name) => path is null ? name : $"{path}[{name}]";

    private T? Refuse<T>(StripeError error) where T : class
    {
        root.refusal ??= error;
        return null;
    }

    private T? RefuseValue<T>(StripeError error) where T : struct
    {
        root.refusal ??= error;
        return null;
    }

    private StripeError Missing(string name) => StripeError.Invalid(Named(name), "parameter_missing", $"Missing required param: {Named(name)}.");

    private StripeError Empty(string name) => StripeError.Invalid(Named(name), "parameter_invalid_empty",
        $"You passed an empty string for '{Named(name)}'. We assume empty values are an attempt to unset a parameter; however '{Named(name)}' cannot be unset. You should remove '{Named(name)}' from your request or supply a non-empty value.");

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "...";

    private static string Listed(string[] allowed) =>
        allowed.Length == 1 ? allowed[0] : $"{string.Join(", ", allowed[..^1])}, or {allowed[^1]}";
}
