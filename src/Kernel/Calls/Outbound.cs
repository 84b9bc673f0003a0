using System.Net.Sockets;

namespace Stoa.Kernel;

/// <summary>The one way out (X1): every HTTP client of a service comes from here.</summary>
public sealed class Outbound
{
    private readonly Seams _seams;
    private readonly StoaOptions _options;
    private readonly ServiceTokens _tokens;
    private readonly Entropy _entropy;

    internal Outbound(Seams seams, StoaOptions options, ServiceTokens tokens, Entropy entropy)
    {
        _seams = seams;
        _options = options;
        _tokens = tokens;
        _entropy = entropy;
    }

    /// <summary>A caller of another service.</summary>
    /// <param name="service">Its name; its addresses come from <c>Stoa:Services:{name}:Url</c>.</param>
    public ServiceCaller Service(string service) => new(service, _options.Urls(service), Http(service), _tokens, _seams.Clock, _entropy);

    /// <summary>A caller of each replica of another service, in the order of its addresses.</summary>
    /// <inheritdoc cref="Service"/>
    public ServiceCaller[] Replicas(string service) => [.. _options.Urls(service).Select(url => new ServiceCaller(service, [url], Http(service), _tokens, _seams.Clock, _entropy))];

    /// <summary>A bare client, for a provider that is not one of ours. It has no time-out of its own: pass a token that has.</summary>
    /// <param name="name">Names the destination for the seams.</param>
    /// <param name="sockets">Connects in a manner of its own, where the seams say nothing; null: the usual one.</param>
    public HttpClient Http(string name, SocketsHttpHandler? sockets = null) => new(new OneKindOfFault(_seams.Outbound?.Invoke(name) ?? sockets ?? new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    }))
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A connection that is reset in the moment it is made comes out of .NET's SocketsHttpHandler as a bare
    /// SocketException (it asks the socket for its remote end point, which then has none), past everybody who catches what
    /// HttpClient documents. It is what the others are: the other side is away.</summary>
    private sealed class OneKindOfFault(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (SocketException reset)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
            }
        }
    }
}
