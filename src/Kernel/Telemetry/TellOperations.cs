using Microsoft.Extensions.DependencyInjection;

namespace Stoa.Kernel;

/// <summary><c>GET /internal/operations</c>: how this process is and was in the last hour. It answers without its database too,
/// and says so.</summary>
public sealed class TellOperations
{
    private readonly StoaOptions _options;
    private readonly Readiness _readiness;
    private readonly LastHour _hour;
    private readonly IServiceProvider _provider;

    internal TellOperations(StoaOptions options, Readiness readiness, LastHour hour, IServiceProvider provider) =>
        (_options, _readiness, _hour, _provider) = (options, readiness, hour, provider);

    /// <summary>What the call answers.</summary>
    public async Task<object> Facts(CancellationToken stop)
    {
        var ready = await _readiness.LookSoon(stop);
        return new
        {
            _options.Service,
            ServiceHost.Version,
            ready,
            startedAt = _hour.Since,
            now = _hour.Now(),
            hour = _hour.Read(),
            subscriptions = _provider.GetService<Subscriptions>()?.Show() ?? [],
            deadLetters = ready && _provider.GetService<Database>() is { } database ? await DeadLetters.Count(database, stop) : null,
        };
    }
}
