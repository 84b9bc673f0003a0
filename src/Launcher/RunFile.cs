using System.Text.Json;
using System.Text.Json.Serialization;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>One process, as <c>stoa status --json</c> prints it.</summary>
public sealed record ProcessStatus(string Name, int? Pid, Uri Url, string State, string Version, int Restarts);

/// <summary>What runs on a data folder: the Launcher writes it at every change, the other commands read it.</summary>
public sealed record RunFile(int Pid, int Port, Uri Url, IReadOnlyList<ProcessStatus> Processes)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>What runs on the folder now; null when nothing does, whatever a killed Launcher left in the file.</summary>
    public static RunFile? Read(DataFolder data)
    {
        if (!data.IsLocked() || !File.Exists(data.RunFile)) return null;
        return JsonSerializer.Deserialize<RunFile>(File.ReadAllText(data.RunFile), Json);
    }

    /// <exception cref="CannotGoOnException">No store runs on the folder.</exception>
    public static RunFile Require(DataFolder data) => Read(data)
        ?? throw new CannotGoOnException($"No store runs on {data.FullPath}. Start one with ./stoa up.");

    /// <summary>Readers see the old file or the new one, never half of one.</summary>
    public void Write(DataFolder data)
    {
        File.WriteAllText(data.RunFile + ".new", JsonSerializer.Serialize(this, Json));
        File.Move(data.RunFile + ".new", data.RunFile, overwrite: true);
    }

    public static string Word(ProcessState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
