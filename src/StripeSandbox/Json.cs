using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>JSON as it is stored and as it goes out.</summary>
public static class Json
{
    /// <summary>Indented, like Stripe's, and readable: the answers are never part of a page.</summary>
    public static readonly JsonSerializerOptions Wire = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Parse(string? stored) => stored is null ? null : JsonNode.Parse(stored);

    public static string Store<T>(T value) => JsonSerializer.Serialize(value);
}
