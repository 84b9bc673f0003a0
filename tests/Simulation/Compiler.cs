using System.Text.Json;

namespace Stoa.Simulation;

/// <summary>The compiler, called as the build calls it, and without the build: MSBuild is asked once how a project is compiled,
/// for to ask it each time costs more than to compile.</summary>
internal sealed class Compiler(string root)
{
    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);

    /// <summary>Compiles a project of src as its sources are now. A file that was not there at the first time is not seen.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="assembly">Where the assembly goes.</param>
    /// <returns>Null; or why there is none.</returns>
    public string? Compile(string project, string assembly)
    {
        var folder = Path.Combine(root, "src", project);
        if (!_calls.TryGetValue(project, out var call))
        {
            var (code, said) = Shell.Run(folder, "dotnet", "msbuild", "-t:PrepareResources;Compile", "-nologo", "-p:Configuration=Release", "-p:BuildProjectReferences=false",
                "-p:TreatWarningsAsErrors=false", "-p:MSBuildTreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:GenerateMvcApplicationPartsAssemblyAttributes=false",
                "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-getItem:CscCommandLineArgs", "-getProperty:RoslynTargetsPath");
            if (code != 0) return said.Trim();
            _calls[project] = call = Write(project, JsonSerializer.Deserialize<JsonElement>(said));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(assembly)!);
        return Shell.Run(folder, "dotnet", call.Program, "/noconfig", "@" + call.Arguments, "/out:" + assembly) is { Code: not 0 } broken ? broken.Said.Trim() : null;
    }

    private Call Write(string project, JsonElement answer)
    {
        var arguments = Path.Combine(root, project + ".rsp");
        File.WriteAllLines(arguments, answer.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(one => one.GetProperty("Identity").GetString()!)
            .Where(one => one != "/noconfig" && !one.StartsWith("/out:", StringComparison.Ordinal) && !one.StartsWith("/refout:", StringComparison.Ordinal)));
        return new Call(Path.Combine(answer.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!, "bincore", "csc.dll"), arguments);
    }

    /// <param name="Program">The compiler of this SDK.</param>
    /// <param name="Arguments">A file of them.</param>
    private sealed record Call(string Program, string Arguments);
}
