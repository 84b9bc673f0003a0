using System.Xml.Linq;

namespace Stoa.Repository.Tests;

/// <summary>Services know one another by calls and events alone, and what they share stays small.</summary>
public class ProjectTests
{
    private const int MostKernelLines = 3_400;

    public static TheoryData<string> Projects => [.. Sources.Files("src", "*.csproj").Concat(Sources.Files("samples", "*.csproj")).Select(Sources.Short)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Refers_to_nothing_but_what_is_shared(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        string[] allowed = name switch
        {
            "Contracts" or "Sqlite" or "Supervision" => [],
            "Kernel" => ["Contracts", "Sqlite"],
            "Web" => ["Contracts", "Kernel"],
            "Storefront" or "Backoffice" => ["Contracts", "Kernel", "Web"],
            "Audit" => ["Contracts"],
            "Launcher" => ["Audit", "Supervision"],
            _ => ["Contracts", "Kernel"],
        };

        Assert.Empty(References(project).Except(allowed));
    }

    [Fact]
    public void Finds_the_services_that_it_is_about() => Assert.Superset(
        new HashSet<string> { "Users", "Products", "Inventory", "Carts", "Orders", "Payments", "Notifications", "Gateway", "Storefront", "Backoffice", "StripeSandbox" },
        Sources.Services.ToHashSet());

    [Fact]
    public void Kernel_stays_small()
    {
        var lines = Sources.Files("src/Kernel", "*.cs").Sum(file => File.ReadLines(file).Count(IsCode));

        Assert.InRange(lines, 1, MostKernelLines);
    }

    private static bool IsCode(string line) => line.Trim() is { Length: > 0 } text && !text.StartsWith("//", StringComparison.Ordinal);

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Path.Combine(Sources.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
}
