using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stoa.Kernel;

/// <summary>The JSON of the wire: camelCase, snake_case enum values, RFC 3339 times in UTC, at most 32 levels deep.</summary>
public static class Json
{
    /// <summary>One of each for the whole process: options with the same converters share what they learn of types.</summary>
    private static readonly JsonConverter[] Converters = [new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new TextConverter(), new UtcConverter()];

    /// <summary>The options that every service reads and writes with.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.MaxDepth = 32;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // answers are JSON documents, never pasted into HTML
        foreach (var converter in Converters) options.Converters.Add(converter);
        return options;
    }

    /// <summary>Writes a value as UTF-8 text of the wire.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a value that a service of ours wrote.</summary>
    /// <exception cref="JsonException">The text is not such a value, or is <c>null</c>.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException($"null is not a {typeof(T).Name}");

    /// <summary>Refuses U+0000, which PostgreSQL cannot store and no honest client sends.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Text(ref reader) : throw new JsonException("a text was expected");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Text(ref reader);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);

        private static string Text(ref Utf8JsonReader reader)
        {
            var text = reader.GetString()!;
            return text.Contains('\0') ? throw new JsonException("a text may not hold U+0000") : text;
        }
    }

    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}
