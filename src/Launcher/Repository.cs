namespace Stoa.Launcher;

/// <summary>The folder with the sources, and where their build puts what runs.</summary>
public sealed record Repository(string Root)
{
    /// <summary>The one that this Launcher was built from.</summary>
    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stoa.slnx"))) return new Repository(folder.FullName);
        }
        throw new CannotGoOnException($"Stoa.slnx is in no folder above {AppContext.BaseDirectory}: run the Launcher from its repository, with ./stoa.");
    }

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Catalogue => Path.Combine(Root, "catalogue");

    public string Assembly(string project) => Path.Combine(Artifacts, "bin", project, "release", project + ".dll");
}
