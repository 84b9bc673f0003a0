using System.Text.RegularExpressions;

namespace Stoa.Repository.Tests;

/// <summary>The repository as files: these tests read it as a person would.</summary>
public static partial class Sources
{
    /// <summary>The folder that holds Stoa.slnx.</summary>
    public static string Root { get; } = Find();

    /// <summary>The programs under src that are services of the store, by their folder's name.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Where(IsService).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>What a service calls itself, such as <c>orders</c>.</summary>
    public static string NameOf(string project) =>
        CreateCall().Match(File.ReadAllText(Path.Combine(Root, "src", project, "Program.cs"))).Groups["name"].Value;

    /// <summary>Files below a folder of the repository, without what is built or fetched.</summary>
    /// <param name="folder">From the root; empty for all of it.</param>
    /// <param name="pattern">Such as <c>*.cs</c>.</param>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Where(file => !IsAside(file));

    /// <summary>A file's path from the root, with slashes.</summary>
    public static string Short(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsAside(string file) =>
        Short(file).Split('/').Any(part => part is "artifacts" or "node_modules" or "data" or "bin" or "obj" || (part.Length > 1 && part[0] == '.'));

    private static bool IsService(string folder) =>
        File.Exists(Path.Combine(folder, "Program.cs")) && CreateCall().IsMatch(File.ReadAllText(Path.Combine(folder, "Program.cs")));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stoa.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("Stoa.slnx is in no folder above the tests");
    }

    [GeneratedRegex("""ServiceHost\.Create\("(?<name>[a-z]+)",""")]
    private static partial Regex CreateCall();
}
