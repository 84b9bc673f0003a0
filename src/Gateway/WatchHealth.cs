using System.Collections.Concurrent;
using System.Net.Http.Json;
using Stoa.Kernel;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Stoa.Gateway;

/// <summary>Asks every replica whether it is ready, tells the proxy which to use, and remembers what they said for
/// <c>/health</c>: every four seconds, and every second while one of them is not.</summary>
public sealed class WatchHealth(Outbound outbound, IProxyStateLookup proxy, IDestinationHealthUpdater updater) : ILoop, IDisposable
{
    private static readonly TimeSpan WhileAllAreReady = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan WhileOneIsNot = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = outbound.Http("health");
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "health";

    /// <summary>What each service's replicas last said.</summary>
    public IReadOnlyDictionary<string, Seen> Services => _seen;

    /// <inheritdoc/>
    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        var ready = await Task.WhenAll(proxy.GetClusters().Select(cluster => Look(cluster, stop)));
        return ready.All(all => all) ? WhileAllAreReady : WhileOneIsNot;
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <returns>Whether all replicas are ready.</returns>
    private async Task<bool> Look(ClusterState cluster, CancellationToken stop)
    {
        var versions = new List<string>();
        var healths = new List<NewActiveDestinationHealth>();
        foreach (var destination in cluster.Destinations.Values)
        {
            var version = await Ask(destination, stop);
            if (version is not null) versions.Add(version);
            healths.Add(new NewActiveDestinationHealth(destination, version is null ? DestinationHealth.Unhealthy : DestinationHealth.Healthy));
        }

        updater.SetActive(cluster, healths);
        _seen[cluster.ClusterId] = new Seen(versions.Count == 0 ? "down" : "ready", versions.FirstOrDefault(), versions.Count);
        return versions.Count == healths.Count;
    }

    /// <returns>The replica's version; null when it is not ready.</returns>
    private async Task<string?> Ask(DestinationState destination, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await _http.GetAsync(new Uri(destination.Model.Config.Address.TrimEnd('/') + "/health/ready"), patience.Token);
            return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<Ready>(Json.Options, patience.Token))?.Version : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or System.Text.Json.JsonException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>A service as last seen.</summary>
    /// <param name="Status"><c>ready</c> or <c>down</c>.</param>
    /// <param name="Version">Of a replica that is ready; null when none is.</param>
    /// <param name="Replicas">How many are ready.</param>
    public sealed record Seen(string Status, string? Version, int Replicas);

    private sealed record Ready(string Version);
}
