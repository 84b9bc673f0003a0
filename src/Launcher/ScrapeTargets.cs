using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>Where a Prometheus finds the processes of this store, whose ports are others at each start: a file for its
/// <c>file_sd_configs</c> (prometheus.io/docs/prometheus/latest/configuration), which it watches. It stays when the store
/// ends: a store that is not there is down.</summary>
public static class ScrapeTargets
{
    public static void Write(DataFolder data, IEnumerable<ScrapeTarget> targets) => File.WriteAllText(data.ScrapeTargets, JsonSerializer.Serialize(targets, RunFile.Json));
}

/// <param name="Targets">The one address of a process, without a scheme.</param>
public sealed record ScrapeTarget(string[] Targets, ScrapeLabels Labels);

/// <param name="Process">Its name.</param>
/// <param name="Service">Which service it is a replica of.</param>
public sealed record ScrapeLabels(string Process, string Service);
