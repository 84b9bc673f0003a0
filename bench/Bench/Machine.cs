using System.Runtime.InteropServices;

namespace Stoa.Bench;

/// <summary>What it was measured on: a figure without it says nothing.</summary>
internal static class Machine
{
    public static string Text { get; } = $"{Environment.ProcessorCount} cores ({Model()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {new DriveInfo(Path.GetTempPath()).DriveFormat} under the data, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";

    private static string Model() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";
}
