using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Stoa.Kernel;

/// <summary>What all services' OpenAPI documents have in common.</summary>
internal static class OpenApiShape
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath is { } path && !path.StartsWith("internal/", StringComparison.Ordinal);
        options.CreateSchemaReferenceId = one => one.Type is { IsGenericType: false, DeclaringType: { } feature } // each feature has a Request of its own
            ? feature.Name + one.Type.Name
            : OpenApiOptions.CreateDefaultSchemaReferenceId(one);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (Text(context.JsonTypeInfo) is { } format)
            {
                schema.Type = JsonSchemaType.String | (context.JsonPropertyInfo?.IsGetNullable == true ? JsonSchemaType.Null : 0);
                if (format.Length > 0) schema.Format = format;
            }

            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Stoa", Version = "v1" };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["accessToken"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
            return Task.CompletedTask;
        });
    }

    /// <summary>Types that a converter of ours writes as texts: the framework cannot know, and would say nothing of them.</summary>
    /// <returns>The format, empty for any text; null for other types.</returns>
    private static string? Text(JsonTypeInfo type) =>
        type.Type == typeof(string) ? "" : type.Type == typeof(DateTimeOffset) || type.Type == typeof(DateTimeOffset?) ? "date-time" : null;
}
