namespace Stoa.Simulation;

/// <summary>A temporary copy of the sources and of what is built of them already. A sabotage is compiled there, the
/// projects that it changes and no other, and its assemblies are put into a copy of the program that is to catch it.</summary>
internal sealed class SabotagedCopy : IDisposable
{
    private static readonly string[] Settings = [".props", ".targets", ".json", ".txt", ".editorconfig"];
    private static readonly string[] Aside = ["bin", "obj", "data"];

    private readonly string _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("stoa-sabotages-").FullName;
    private readonly Compiler _compiler;

    public SabotagedCopy(string root)
    {
        _root = root;
        _compiler = new Compiler(_folder);
        foreach (var file in Directory.GetFiles(root).Where(file => Settings.Contains(Path.GetExtension(file)))) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        CopyAll(Path.Combine(root, "src"), Path.Combine(_folder, "src"));
        // What restoring and compiling left: only what is sabotaged is compiled again.
        foreach (var project in Directory.GetDirectories(Path.Combine(root, "src")).Select(Path.GetFileName))
            if (Path.Combine(root, "artifacts", "obj", project!) is var made && Directory.Exists(made)) CopyAll(made, Path.Combine(_folder, "artifacts", "obj", project!));
    }

    /// <summary>A copy of a program, to be sabotaged.</summary>
    /// <param name="project">Its project, which is built.</param>
    public string Program(string project, string place)
    {
        var folder = Path.Combine(_folder, place);
        CopyAll(Path.Combine(_root, "artifacts", "bin", project, "release"), folder);
        return folder;
    }

    /// <summary>Compiles a sabotage.</summary>
    /// <returns>The assemblies; or why there are none.</returns>
    public (IReadOnlyList<string> Assemblies, string? Refusal) Compile(Sabotage sabotage)
    {
        if (Shell.Run(_folder, "git", "apply", sabotage.File) is { Code: not 0 } refused) return ([], "the patch no longer applies: " + refused.Said.Trim());
        try
        {
            var assemblies = new List<string>();
            foreach (var project in sabotage.Projects)
            {
                assemblies.Add(Path.Combine(_folder, "sabotaged", sabotage.Name, project + ".dll"));
                if (_compiler.Compile(project, assemblies[^1]) is { } broken) return ([], "it does not build: " + broken);
            }

            return (assemblies, null);
        }
        finally
        {
            Shell.Run(_folder, "git", "apply", "-R", sabotage.File);
        }
    }

    /// <summary>Runs something while a program has sabotaged assemblies in place of its own.</summary>
    public T With<T>(string program, IReadOnlyList<string> assemblies, Func<T> run)
    {
        foreach (var file in assemblies) File.Copy(file, Path.Combine(program, Path.GetFileName(file)), overwrite: true);
        try
        {
            return run();
        }
        finally
        {
            foreach (var name in assemblies.Select(Path.GetFileName)) File.Copy(Sound(name!, program), Path.Combine(program, name!), overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Sound(string assembly, string program) =>
        Path.Combine(_root, "artifacts", "bin", Path.GetFileName(program).Split('-')[0], "release", assembly);

    private static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var inner in Directory.GetDirectories(from).Where(inner => !Aside.Contains(Path.GetFileName(inner)))) CopyAll(inner, Path.Combine(to, Path.GetFileName(inner)));
    }
}
