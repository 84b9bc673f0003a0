using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>How much one client may ask. A client is an address (an IPv6 client its /64); signing up, logging in and
/// paying are counted apart and more strictly. <c>STOA_RATE_LIMITS=off</c> puts the limits out of reach and leaves the
/// limiter in the path.</summary>
/// <remarks>Defaults, each <c>Stoa:Limits:{Kind}:Burst</c> and <c>:PerSecond</c>: Reads 400 and 100, Writes 120 and 30,
/// Sessions 30 and 1, Payments 30 and 2.</remarks>
public sealed class ClientLimits : IDisposable
{
    private readonly PartitionedRateLimiter<(string Kind, string Client)> _limiter;

    /// <summary>Reads the limits from the configuration.</summary>
    public ClientLimits(StoaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = new Dictionary<string, TokenBucketRateLimiterOptions>(StringComparer.Ordinal)
        {
            ["Reads"] = Limit(options, "Reads", 400, 100),
            ["Writes"] = Limit(options, "Writes", 120, 30),
            ["Sessions"] = Limit(options, "Sessions", 30, 1),
            ["Payments"] = Limit(options, "Payments", 30, 2),
        };
        _limiter = PartitionedRateLimiter.Create<(string Kind, string Client), (string Kind, string Client)>(
            client => RateLimitPartition.GetTokenBucketLimiter(client, one => limits[one.Kind]));
    }

    /// <summary>Frees the counters.</summary>
    public void Dispose() => _limiter.Dispose();

    private RateLimitLease Take(HttpContext context) => _limiter.AttemptAcquire((Kind(context.Request), Client(Door.ClientAddress(context))));

    private static string Kind(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return "Reads";
        if (request.Path == "/api/users" || request.Path.StartsWithSegments("/api/sessions") || request.Path.StartsWithSegments("/api/password-resets")) return "Sessions";
        return request.Path == "/api/payments" ? "Payments" : "Writes";
    }

    private static string Client(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6 || parsed.IsIPv4MappedToIPv6) return address;
        return Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8));
    }

    private static TokenBucketRateLimiterOptions Limit(StoaOptions options, string kind, int burst, int perSecond)
    {
        var off = options["STOA_RATE_LIMITS"] == "off";
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = off ? int.MaxValue : Number(options[$"Stoa:Limits:{kind}:Burst"], burst),
            TokensPerPeriod = off ? int.MaxValue : Number(options[$"Stoa:Limits:{kind}:PerSecond"], perSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
    }

    private static int Number(string? text, int fallback) => text is null ? fallback : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Counts each request, and answers 429 to those over a limit.</summary>
    public sealed class Middleware(RequestDelegate next, ClientLimits limits)
    {
        /// <summary>Lets a request pass or answers 429 <c>too_many_requests</c>.</summary>
        public async Task Invoke(HttpContext context)
        {
            using var lease = limits.Take(context);
            if (lease.IsAcquired)
            {
                await next(context);
                return;
            }

            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
            await Problem.TooMany("too_many_requests", "Too many requests from this address. Wait a little.", wait).ExecuteAsync(context);
        }
    }
}
