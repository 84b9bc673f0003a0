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
}
