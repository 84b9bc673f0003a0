using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary><c>GET /api/operations</c>: to staff, how every process is and was in the last hour, this one included. One that does
/// not answer is in the list all the same.</summary>
public static class ShowOperations
{
    /// <summary>Asks all at once.</summary>
    internal static async Task<IResult> Handle(AskProcesses processes, TellOperations own, Supervisor supervisor, TimeProvider clock, CancellationToken stop)
    {
        var mine = JsonSerializer.SerializeToElement(await own.Facts(stop), Json.Options);
        var said = (await processes.All(stop)).Prepend(new("gateway", "gateway", mine)).ToList();
        var kept = supervisor.Read();
        var unasked = kept.Values.Where(one => said.TrueForAll(other => other.Name != one.Name)).Select(one => new AskProcesses.Said(one.Name, one.Name, null));
        return Results.Json(new { at = clock.GetUtcNow(), processes = said.Concat(unasked).Select(one => Show(one, kept.GetValueOrDefault(one.Name))) }, Json.Options);
    }

    private static object Show(AskProcesses.Said one, Supervisor.Kept? kept) => new { one.Name, one.Service, state = StateOf(one.Facts, kept), kept?.Restarts, one.Facts };

    /// <summary>What a process says of itself goes before what is said of it. One that runs and says nothing is paused, stuck or
    /// cut off.</summary>
    private static string StateOf(JsonElement? facts, Supervisor.Kept? kept) => facts is { } known
        ? known.GetProperty("ready").GetBoolean() ? "ready" : "not_ready"
        : kept is null ? "down" : kept.State is "ready" ? "not_answering" : kept.State;
}
