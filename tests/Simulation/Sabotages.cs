using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stoa.Simulation;

/// <summary>Breaks the store on purpose, a rule at a time, to see that the simulation notices: each patch of the folder
/// Sabotages is applied to a copy of the sources, the services that it touches are built, and known seeds are run until one
/// breaks an invariant. The product's sources know nothing of it.</summary>
internal static partial class Sabotages
{
    private const int MostSeeds = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Aside = ["artifacts", "bin", "obj", "data", "node_modules", ".git"];

    /// <summary>Runs all of them, or those whose name holds a text.</summary>
    /// <returns>0 when each was caught.</returns>
    public static int Run(string? named)
    {
        var root = Root();
        var patches = Directory.GetFiles(Path.Combine(root, "tests", "Simulation", "Sabotages"), "*.patch")
            .Where(file => named is null || file.Contains(named, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        var copy = Directory.CreateTempSubdirectory("stoa-sabotages-").FullName;
        try
        {
            Copy(root, copy);
            if (Shell(copy, "dotnet", "build", "tests/Simulation", "-c", "Release", "-v", "quiet", "-nologo") is { Code: not 0 } broken) throw new InvalidOperationException(broken.Said);
            var (took, missed) = (Stopwatch.StartNew(), 0);
            foreach (var patch in patches)
            {
                var (caught, what) = Try(copy, patch);
                if (!caught) missed++;
                Console.WriteLine($"{(caught ? "caught" : "NOT CAUGHT"),-11} {Path.GetFileNameWithoutExtension(patch)}: {what}");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{patches.Count - missed} of {patches.Count} sabotages caught in {took.Elapsed.TotalSeconds:0} s."));
            return missed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static (bool Caught, string What) Try(string copy, string patch)
    {
        if (Shell(copy, "git", "apply", patch) is { Code: not 0 } refused) return (false, "the patch no longer applies: " + refused.Said);
        var kept = new List<string>();
        try
        {
            foreach (var project in Touched().Matches(File.ReadAllText(patch)).Select(found => found.Groups["project"].Value).Distinct())
            {
                if (Shell(copy, "dotnet", "build", $"src/{project}/{project}.csproj", "-c", "Release", "-v", "quiet", "-nologo", "--no-restore",
                    "-p:BuildProjectReferences=false", "-p:TreatWarningsAsErrors=false", "-p:MSBuildTreatWarningsAsErrors=false", "-p:RunAnalyzers=false") is { Code: not 0 } broken)
                    return (false, "it does not build: " + broken.Said);
                kept.Add(Swap(copy, project));
            }

            return Hunt(copy);
        }
        finally
        {
            Shell(copy, "git", "apply", "-R", patch);
            foreach (var file in kept) File.Move(file + ".sound", file, overwrite: true);
        }
    }

    private static (bool Caught, string What) Hunt(string copy)
    {
        var ran = Shell(copy, Dotnet, Path.Combine(Program(copy), "Simulation.dll"), "--seeds", MostSeeds.ToString(CultureInfo.InvariantCulture), "--until-broken", "--quiet");
        return Broken().Match(ran.Said) is { Success: true } found ? (true, found.Value.Trim())
            : (false, $"{MostSeeds} seeds broke nothing. {ran.Said.Trim().Split('\n').LastOrDefault()}");
    }

    /// <summary>Puts a sabotaged assembly where the simulation loads it from.</summary>
    /// <returns>The file; the sound one lies beside it.</returns>
    private static string Swap(string copy, string project)
    {
        var file = Path.Combine(Program(copy), project + ".dll");
        File.Move(file, file + ".sound", overwrite: true);
        File.Copy(Path.Combine(copy, "artifacts", "bin", project, "release", project + ".dll"), file);
        return file;
    }

    private static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static string Program(string copy) => Path.Combine(copy, "artifacts", "bin", "Simulation", "release");

    private static (int Code, string Said) Shell(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, said.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetExtension(file) is ".props" or ".json" or ".txt" or ".slnx" or ".targets" || Path.GetFileName(file) == ".editorconfig"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(Path.Combine(from, "tests"))) CopyTo(file);
        foreach (var folder in (string[])["src", "tests/Simulation"]) CopyAll(Path.Combine(from, folder));

        void CopyAll(string folder)
        {
            foreach (var file in Directory.GetFiles(folder)) CopyTo(file);
            foreach (var inner in Directory.GetDirectories(folder).Where(inner => !Aside.Contains(Path.GetFileName(inner)))) CopyAll(inner);
        }

        void CopyTo(string file)
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Stoa.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Stoa.slnx is in no folder above this program");
    }

    [GeneratedRegex(@"^\+\+\+ b/src/(?<project>\w+)/", RegexOptions.Multiline)]
    private static partial Regex Touched();

    [GeneratedRegex(@"^seed \d+: .*$", RegexOptions.Multiline)]
    private static partial Regex Broken();
}
