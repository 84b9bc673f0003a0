using System.Globalization;

namespace Stoa.Launcher;

/// <summary>Builds the store and tests/Faults, and lets that break it. It is a program of its own, because what breaks a
/// store is no part of what runs one.</summary>
public static class Faults
{
    private const string Project = "Faults";

    /// <returns>0 when nothing that must not be was seen.</returns>
    public static async Task<int> Run(int seconds, int seed, string? script, int patience, bool postgres, CancellationToken stop)
    {
        var repository = Repository.Find();
        Console.WriteLine("Building…");
        await Build.Fresh(repository, Build.Faults, [.. Topology.Processes.Select(process => process.ProjectFile), $"tests/{Project}/{Project}.csproj"], _ => { }, stop);

        List<string> arguments = [repository.Assembly(Project), "--seconds", Text(seconds), "--seed", Text(seed), "--patience", Text(patience)];
        if (script is not null) arguments.AddRange(["--script", script]);
        if (postgres) arguments.Add("--postgres");
        return await DotNet.Run(repository.Root, arguments, Console.WriteLine, stop);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
