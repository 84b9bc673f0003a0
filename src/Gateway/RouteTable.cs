using Stoa.Kernel;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Stoa.Gateway;

/// <summary>Which address belongs to which service: the store's own, and those that <c>Stoa:Routes</c> names. What is not
/// listed goes to the Storefront; <c>/internal</c> goes nowhere.</summary>
public static class RouteTable
{
    /// <summary>The services that tell staff what needs a person, and what they could not take in.</summary>
    private static readonly string[] ReadingEvents = ["products", "inventory", "carts", "orders", "payments", "notifications"];

    /// <summary>Path pattern, service, and whether a token that is sent there must be good.</summary>
    private static readonly (string Path, string Service, bool ChecksToken)[] Table =
    [
        ("/.well-known/jwks.json", "users", false),
        ("/api/users", "users", false),
        ("/api/users/{**rest}", "users", true),
        ("/api/staff/{**rest}", "users", true),
        ("/api/customers/{**rest}", "users", true),
        ("/api/sessions/{**rest}", "users", false),
        ("/api/password-resets/{**rest}", "users", false),
        ("/api/email-confirmations/{**rest}", "users", false),
        ("/api/products/import/{**rest}", "products", true),
        ("/api/products/export", "products", true),
        ("/api/products/{**rest}", "products", true),
        ("/api/categories/{**rest}", "products", true),
        ("/api/pictures/{**rest}", "products", true),
        ("/pictures/{**rest}", "products", false),
        ("/api/stock/{**rest}", "inventory", true),
        ("/api/cart/{**rest}", "carts", true),
        ("/api/orders/{**rest}", "orders", true),
        ("/api/payments/{**rest}", "payments", true),
        ("/api/refunds/{**rest}", "payments", true),
        ("/api/webhooks/{**rest}", "notifications", true),
        ("/api/messages/{**rest}", "notifications", true),
        .. ReadingEvents.SelectMany(service => new[] { ($"/api/attention/{service}", service, true), ($"/api/dead-letters/{service}/{{**rest}}", service, true) }),
        ("/sandbox/{**rest}", "sandbox", false),
        ("/admin/{**rest}", "backoffice", false),
        ("/{**rest}", "storefront", false),
    ];

    /// <summary>The routes whose service keeps its own time: an import may take minutes, and a page is put together from
    /// several calls of which each may use up the time of one.</summary>
    private static readonly string[] WithOwnTime = ["/api/products/import/{**rest}", "/api/products/export", "/admin/{**rest}", "/{**rest}"];

    private static readonly string[] OwnPaths = [.. Table.Select(one => one.Path.Split("/{**", 2)[0])];

    /// <summary>How long nothing may pass in either direction. Products says nothing while it takes in a file; its other
    /// calls have their deadline. A page that is not there in its 15 s is answered for (AwayPage).</summary>
    private static TimeSpan LongestSilence(string service) => service == "products" ? TimeSpan.FromMinutes(30) : TimeSpan.FromSeconds(15);

    /// <summary>Every service that has an address, in the order of the table.</summary>
    public static IReadOnlyList<string> Services(StoaOptions options) =>
        [.. All(options).Select(one => one.Service).Distinct(StringComparer.Ordinal).Where(service => options.Urls(service).Length > 0)];

    /// <summary>The routes of the services that have an address.</summary>
    public static IReadOnlyList<RouteConfig> Routes(StoaOptions options) =>
        [.. All(options).Where(one => options.Urls(one.Service).Length > 0).Select(one => new RouteConfig
        {
            RouteId = one.Path,
            ClusterId = one.Service,
            Order = one.Service == "storefront" ? 1 : 0,
            Match = new RouteMatch { Path = one.Path },
            Metadata = one.ChecksToken ? new Dictionary<string, string> { [TokenCheck.Metadata] = "true" } : null,
            Transforms = [new Dictionary<string, string> { ["X-Forwarded"] = "Set" }, new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
        })];

    /// <summary>Whether the door waits as long as the service does (P6).</summary>
    public static bool KeepsOwnTime(RouteConfig route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return WithOwnTime.Contains(route.RouteId, StringComparer.Ordinal);
    }

    /// <summary>The services' replicas. One that fails is left out until it answers again; when all fail, all are tried.</summary>
    public static IReadOnlyList<ClusterConfig> Clusters(StoaOptions options) =>
        [.. Services(options).Select(service => new ClusterConfig
        {
            ClusterId = service,
            LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
            Destinations = options.Urls(service).ToDictionary(url => url.Authority, url => new DestinationConfig { Address = url.ToString() }, StringComparer.Ordinal),
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = LongestSilence(service) },
            HttpClient = new HttpClientConfig { EnableMultipleHttp2Connections = false },
            HealthCheck = new HealthCheckConfig
            {
                AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
                Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = TimeSpan.FromSeconds(2) },
            },
        })];

    private static IEnumerable<(string Path, string Service, bool ChecksToken)> All(StoaOptions options) => [.. Added(options), .. Table];

    /// <summary><c>Stoa:Routes</c>: <c>/api/wishlist=wishlist;/api/gifts=gifts</c>. A path is one of its own under /api: nothing
    /// of the store is taken over by mistake.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    private static IEnumerable<(string Path, string Service, bool ChecksToken)> Added(StoaOptions options)
    {
        foreach (var route in (options["Stoa:Routes"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (route.Split('=') is not [var path, { Length: > 0 } service] || !IsPath(path)) throw new FormatException($"Stoa:Routes holds \"{route}\"; a route reads /api/wishlist=wishlist.");
            if (OwnPaths.Contains(path, StringComparer.OrdinalIgnoreCase)) throw new FormatException($"Stoa:Routes holds {path}, which is the store's own.");
            yield return (path + "/{**rest}", service, true);
        }
    }

    private static bool IsPath(string path) => path.StartsWith("/api/", StringComparison.Ordinal) && path.Length > 5
        && path[5..].All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
