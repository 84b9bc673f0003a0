using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary><c>GET /api/openapi.json</c>: the services' OpenAPI documents as one. A schema keeps its name behind its
/// service's; a service that is away is shown as last seen.</summary>
public sealed class ApiDocument(Outbound outbound, StoaOptions options) : IDisposable
{
    /// <summary>Their calls are no part of the public API: pages, and a bank that is not there.</summary>
    private static readonly string[] WithoutApi = ["storefront", "backoffice", "sandbox"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = outbound.Http("documents");
    private readonly ConcurrentDictionary<string, string> _seen = new(StringComparer.Ordinal);

    /// <summary>The one document.</summary>
    public static async Task<IResult> Handle(ApiDocument document, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Results.Text((await document.Merge(stop)).ToJsonString(Json.Options), "application/json");
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> Merge(CancellationToken stop)
    {
        var (paths, schemas, tags) = (new JsonObject(), new JsonObject(), new JsonArray());
        foreach (var service in RouteTable.Services(options).Except(WithoutApi))
        {
            if (await Fetch(service, stop) is not { } text) continue;
            var one = JsonNode.Parse(text.Replace("#/components/schemas/", $"#/components/schemas/{service}.", StringComparison.Ordinal))!.AsObject();
            tags.Add((JsonNode)new JsonObject { ["name"] = service });
            Move(one["paths"], paths, name => name, item => Tag(item, service));
            Move(one["components"]?["schemas"], schemas, name => $"{service}.{name}", _ => { });
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Stoa", ["version"] = ServiceHost.Version },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = options.PublicUrl }),
            ["security"] = new JsonArray(new JsonObject { ["accessToken"] = new JsonArray() }, new JsonObject()),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["accessToken"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
            },
            ["tags"] = tags,
        };
    }

    private async Task<string?> Fetch(string service, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            _seen[service] = await _http.GetStringAsync(new Uri(options.Urls(service)[0], "openapi/v1.json"), patience.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return _seen.GetValueOrDefault(service);
        }

        return _seen[service];
    }

    private static void Move(JsonNode? from, JsonObject to, Func<string, string> rename, Action<JsonNode?> touch)
    {
        foreach (var (name, value) in from?.AsObject().ToList() ?? [])
        {
            var copy = value?.DeepClone();
            touch(copy);
            to[rename(name)] = copy;
        }
    }

    private static void Tag(JsonNode? path, string service)
    {
        foreach (var (_, operation) in path?.AsObject().ToList() ?? [])
        {
            if (operation is JsonObject call) call["tags"] = new JsonArray((JsonNode)service);
        }
    }
}
