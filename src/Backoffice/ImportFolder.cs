using System.Text.Json;

namespace Stoa.Backoffice;

/// <summary>A file that staff brought, and how far it is.</summary>
/// <param name="FileName">As it is called on their computer.</param>
/// <param name="By">Who brought it, for the others.</param>
/// <param name="At">When.</param>
/// <param name="Step">What was asked for last.</param>
/// <param name="Status">How that stands.</param>
/// <param name="Percent">How much of it was read.</param>
/// <param name="Beat">When its work was last heard of.</param>
public sealed record CatalogueFile(Guid Id, string FileName, string By, DateTimeOffset At, ImportStep Step, ImportStatus Status, int Percent, DateTimeOffset Beat)
{
    public ImportPreview? Preview { get; init; }

    public ImportReport? Report { get; init; }

    /// <summary>Why the file was not taken, in a sentence.</summary>
    public string? Refusal { get; init; }
}

/// <summary>What is done with a file.</summary>
public enum ImportStep
{
    Preview,
    Import,
}

/// <summary>How it stands.</summary>
public enum ImportStatus
{
    Running,
    Done,

    /// <summary>It is no such file.</summary>
    Refused,

    /// <summary>The store or this process went away in the middle. What landed stands; the same file again changes nothing of it.</summary>
    BrokenOff,
}

/// <summary>The files that staff brought, from the page that takes one to the page that tells what became of it, in this
/// service's own folder, which its replicas share (ADR 55). For a day: what was changed is told by the products themselves.</summary>
/// <param name="path">Made where it is missing.</param>
/// <param name="clock">Says what is old.</param>
public sealed class ImportFolder(string path, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Whoever works on a file says so every second; after this long without a word it broke off.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(path);

    public string PathOf(Guid id) => Path.Combine(_folder.FullName, $"{id:N}.csv");

    public async Task<CatalogueFile?> Find(Guid id, CancellationToken stop)
    {
        if (!File.Exists(StateOf(id))) return null;
        var file = JsonSerializer.Deserialize<CatalogueFile>(await File.ReadAllTextAsync(StateOf(id), stop), JsonSerializerOptions.Web)!;
        return file.Status == ImportStatus.Running && clock.GetUtcNow() - file.Beat > LongestSilence ? file with { Status = ImportStatus.BrokenOff } : file;
    }

    /// <summary>In one move: whoever looks meanwhile sees the one or the other.</summary>
    public async Task Keep(CatalogueFile file, CancellationToken stop)
    {
        var draft = StateOf(file.Id) + ".new";
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(file with { Beat = clock.GetUtcNow() }, JsonSerializerOptions.Web), stop);
        File.Move(draft, StateOf(file.Id), overwrite: true);
    }

    /// <summary>Removes what is older than a day.</summary>
    public void Forget()
    {
        var oldest = clock.GetUtcNow() - Kept;
        foreach (var file in _folder.GetFiles().Where(file => file.LastWriteTimeUtc < oldest)) file.Delete();
    }

    private string StateOf(Guid id) => Path.Combine(_folder.FullName, $"{id:N}.json");
}
