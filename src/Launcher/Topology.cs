namespace Stoa.Launcher;

/// <summary>One kind of process of the store.</summary>
/// <param name="Name">What people, logs and other services call it.</param>
/// <param name="Project">Its folder under src, and its assembly.</param>
/// <param name="OwnsData">It has a database of its own.</param>
public sealed record StoreProcess(string Name, string Project, bool OwnsData)
{
    /// <summary>The path of its project file from the repository's root.</summary>
    public string ProjectFile { get; init; } = $"src/{Project}/{Project}.csproj";

    /// <summary>What the Gateway passes to it, beside what its own table says.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];
}

/// <summary>The one list of what runs, where <see cref="AddedServices"/> adds nothing.</summary>
public static class Topology
{
    public const string Gateway = "gateway";
    public const string Sandbox = "sandbox";

    public static readonly IReadOnlyList<StoreProcess> Processes =
    [
        new("users", "Users", OwnsData: true),
        new("products", "Products", OwnsData: true),
        new("inventory", "Inventory", OwnsData: true),
        new("carts", "Carts", OwnsData: true),
        new("orders", "Orders", OwnsData: true),
        new("payments", "Payments", OwnsData: true),
        new("notifications", "Notifications", OwnsData: true),
        new("storefront", "Storefront", OwnsData: false),
        new("backoffice", "Backoffice", OwnsData: false),
        new(Sandbox, "StripeSandbox", OwnsData: true),
        new(Gateway, "Gateway", OwnsData: false),
    ];
}
