using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stoa.Products;

/// <summary>The category that a product is put into: <c>{slug?, name}</c>, or one text: its slug, as products show it, or
/// its name.</summary>
/// <param name="Slug">Made from the name when missing.</param>
/// <param name="Name">Names the category, also when it exists already; null leaves the name it has.</param>
[JsonConverter(typeof(Converter))]
public sealed record CategoryInput(string? Slug, string? Name)
{
    private sealed record Fields(string? Slug, string? Name);

    private sealed class Converter : JsonConverter<CategoryInput>
    {
        public override CategoryInput? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return Of(JsonSerializer.Deserialize<string>(ref reader, options)!);
            return JsonSerializer.Deserialize<Fields>(ref reader, options) is { } fields ? new CategoryInput(fields.Slug, fields.Name) : null;
        }

        public override void Write(Utf8JsonWriter writer, CategoryInput value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Fields(value.Slug, value.Name), options);

        private static CategoryInput Of(string text) => ProductInput.IsSlug(text) ? new CategoryInput(text, null) : new CategoryInput(null, text);
    }
}
