using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stoa.Launcher;

/// <summary>Services of one's own beside the store's, as a settings file names them:
/// <c>{"services": [{"name": "wishlist", "project": "samples/wishlist/Wishlist.csproj", "ownsData": true, "routes": ["/api/wishlist"]}]}</c>.
/// They are built, started, watched and given keys, addresses and a database like any other.</summary>
public static partial class AddedServices
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="file">Null: nothing is added.</param>
    /// <returns>The store's processes and those that the file adds.</returns>
    /// <exception cref="CannotGoOnException">The file is not there, cannot be read, or says what cannot be.</exception>
    public static IReadOnlyList<StoreProcess> Read(string? file, Repository repository)
    {
        if (file is null) return Topology.Processes;
        if (!File.Exists(file)) throw new CannotGoOnException($"There is no file {Path.GetFullPath(file)} for --config.");
        try
        {
            var added = JsonSerializer.Deserialize<Settings>(File.ReadAllText(file), Json)?.Services ?? [];
            var processes = Topology.Processes.ToList();
            foreach (var service in added) processes.Insert(processes.Count - 1, Check(service, processes, repository, file)); // before the Gateway
            return processes;
        }
        catch (JsonException fault)
        {
            throw new CannotGoOnException($"{file} is not the JSON that --config takes: {fault.Message}");
        }
    }

    private static StoreProcess Check(Service service, List<StoreProcess> before, Repository repository, string file)
    {
        var (name, project) = (service.Name ?? "", service.Project ?? "");
        string[] routes = service.Routes ?? [];
        if (!NameShape().IsMatch(name)) throw Wrong($"\"{name}\" is no name for a service: lower-case letters, digits and hyphens, beginning with a letter");
        if (before.Any(process => process.Name == name)) throw Wrong($"there is a service {name} already");
        if (!File.Exists(Path.Combine(repository.Root, project))) throw Wrong($"the project of {name}, \"{project}\", is not in the repository; its path begins at the repository's root");
        if (!IsInSolution(project, repository)) throw Wrong($"{project} is not in the solution, which is what gets built: dotnet sln Stoa.slnx add {project}");
        if (routes.FirstOrDefault(route => !RouteShape().IsMatch(route)) is { } route) throw Wrong($"\"{route}\" is no route: one name under /api, such as /api/{name}");
        return new StoreProcess(name, Path.GetFileNameWithoutExtension(project), service.OwnsData) { ProjectFile = project, Routes = routes };

        CannotGoOnException Wrong(string what) => new($"{file}: {what}.");
    }

    private static bool IsInSolution(string project, Repository repository) =>
        XDocument.Load(Path.Combine(repository.Root, "Stoa.slnx")).Descendants("Project").Any(one => (string?)one.Attribute("Path") == project);

    private sealed record Settings(Service[]? Services);

    private sealed record Service(string? Name, string? Project, bool OwnsData, string[]? Routes);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,30}\z")]
    private static partial Regex NameShape();

    [GeneratedRegex(@"\A/api/[a-z0-9-]+\z")]
    private static partial Regex RouteShape();
}
