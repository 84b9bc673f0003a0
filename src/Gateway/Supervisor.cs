using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>What the program that keeps the processes running knows of them, from the file that it writes at each change
/// (<c>Stoa:RunFile</c>; the Launcher does). Without one, nobody here counts restarts.</summary>
public sealed class Supervisor(StoaOptions options)
{
    private readonly string? _file = options["Stoa:RunFile"];

    /// <summary>By process; empty where no such file can be read.</summary>
    public IReadOnlyDictionary<string, Kept> Read()
    {
        if (_file is null) return new Dictionary<string, Kept>();
        try
        {
            return JsonSerializer.Deserialize<Run>(File.ReadAllText(_file), Json.Options)!.Processes.ToDictionary(one => one.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Dictionary<string, Kept>();
        }
    }

    /// <param name="Name">The process's.</param>
    /// <param name="State"><c>starting</c>, <c>ready</c>, <c>restarting</c>, <c>failed</c> or <c>stopped</c>.</param>
    /// <param name="Restarts">How often it was started again after it died.</param>
    public sealed record Kept(string Name, string State, int Restarts);

    private sealed record Run(Kept[] Processes);
}
