using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>Builds what is about to run, if anything changed since it was built last.</summary>
public static class Build
{
    /// <summary>The set of projects that a store runs.</summary>
    public const string Store = "store";

    /// <summary>The set that <c>stoa hello</c> runs.</summary>
    public const string Hello = "hello";

    /// <summary>The set that <c>stoa bench</c> runs.</summary>
    public const string Bench = "bench";

    /// <summary>The set that <c>stoa faults</c> runs.</summary>
    public const string Faults = "faults";

    private const int Shown = 20;

    /// <param name="name">Names this set of projects: each set remembers what it was built from.</param>
    /// <param name="projects">Paths of project files, from the repository's root.</param>
    /// <param name="progress">Told of each project that is done.</param>
    /// <exception cref="CannotGoOnException">The build fails.</exception>
    public static async Task Fresh(
        Repository repository, string name, IReadOnlyList<string> projects, Action<string> progress, CancellationToken stop)
    {
        var stamp = Stamp(repository, name);
        var fingerprint = Fingerprint.Of(repository.Root, Driver(name));
        if (IsBuilt(repository, projects) && File.Exists(stamp) && await File.ReadAllTextAsync(stamp, stop) == fingerprint) return;

        Directory.CreateDirectory(repository.Artifacts);
        await Run(repository, Filter(repository, name, projects), projects, progress, stop);
        await File.WriteAllTextAsync(stamp, fingerprint, stop);
    }

    /// <summary>Builds the whole solution, the tests too; what it says is passed on.</summary>
    /// <returns>Whether it was built.</returns>
    public static async Task<bool> Everything(Repository repository, CancellationToken stop)
    {
        string[] sets = [Store, Hello, Bench, Faults];
        var fingerprints = sets.Select(name => Fingerprint.Of(repository.Root, Driver(name))).ToList(); // before the build: what is edited during it is newer
        string[] arguments = ["build", "Stoa.slnx", "-c", "Release", "-v", "quiet", "-nologo", "--disable-build-servers"];
        if (await DotNet.Run(repository.Root, arguments, Console.WriteLine, stop) != 0) return false;
        foreach (var (name, fingerprint) in sets.Zip(fingerprints)) await File.WriteAllTextAsync(Stamp(repository, name), fingerprint, stop);
        return true;
    }

    /// <summary>The folder of the program that runs the store, where it is not ours.</summary>
    private static string? Driver(string name) => name switch
    {
        Bench => "bench",
        Faults => Path.Combine("tests", "Faults"),
        _ => null,
    };

    private static string Stamp(Repository repository, string name) => Path.Combine(repository.Artifacts, name + ".built");

    private static bool IsBuilt(Repository repository, IReadOnlyList<string> projects) =>
        projects.All(project => File.Exists(repository.Assembly(Path.GetFileNameWithoutExtension(project))));

    /// <summary>A solution filter: one build for exactly these projects, without the tests.</summary>
    private static string Filter(Repository repository, string name, IReadOnlyList<string> projects)
    {
        var path = Path.Combine(repository.Artifacts, name + ".slnf");
        File.WriteAllText(path, JsonSerializer.Serialize(new { solution = new { path = "../Stoa.slnx", projects } }));
        return path;
    }

    private static async Task Run(
        Repository repository, string filter, IReadOnlyList<string> projects, Action<string> progress, CancellationToken stop)
    {
        var errors = new List<string>();
        var names = projects.Select(project => Path.GetFileNameWithoutExtension(project)!).ToHashSet();
        var done = 0;
        var exitCode = await DotNet.Run(repository.Root, ["build", filter, "-c", "Release", "-v", "minimal", "--disable-build-servers"], Hear, stop);
        if (exitCode != 0)
            throw new CannotGoOnException($"The build failed.\n{string.Join('\n', errors.Distinct().Take(Shown))}");

        void Hear(string line)
        {
            if (line.Contains("error ", StringComparison.Ordinal)) errors.Add(line.Trim());
            if (line.Split(" -> ") is [var project, _] && names.Remove(project.Trim())) progress($"{++done} of {projects.Count}: {project.Trim()}");
        }
    }
}
