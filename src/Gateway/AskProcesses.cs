using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>Asks every process behind the door how it is (<c>/internal/operations</c>), each replica by itself.</summary>
public sealed class AskProcesses(StoaOptions options, Outbound outbound) : IDisposable
{
    /// <summary>One that is paused must not keep the others' answers waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly (string Name, string Service, ServiceCaller Caller)[] _processes =
        [.. RouteTable.Services(options).SelectMany(service => outbound.Replicas(service).Select((caller, index) => (NameOf(service, index), service, caller)))];

    /// <summary>What each said, in the order of the routes; no facts from one that did not answer.</summary>
    public Task<Said[]> All(CancellationToken stop) => Task.WhenAll(_processes.Select(async one => new Said(one.Name, one.Service, await Ask(one.Caller, stop))));

    /// <summary>Ends its connections.</summary>
    public void Dispose() => Array.ForEach(_processes, one => one.Caller.Dispose());

    /// <summary>As the Launcher names them: the first of its kind has the kind's name.</summary>
    private static string NameOf(string service, int index) => index == 0 ? service : $"{service}-{index + 1}";

    private static async Task<JsonElement?> Ask(ServiceCaller caller, CancellationToken stop)
    {
        try
        {
            return await caller.Get<JsonElement>("internal/operations", stop, Patience) is { Ok: true } answer ? answer.Value : null;
        }
        catch (UnavailableException)
        {
            return null;
        }
    }

    /// <param name="Name">The process's.</param>
    /// <param name="Service">Its service's.</param>
    /// <param name="Facts">What it told of itself; null for no answer.</param>
    public sealed record Said(string Name, string Service, JsonElement? Facts);
}
