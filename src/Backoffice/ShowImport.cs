using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>One file: how far it is, what it would do, what it did.</summary>
public static class ShowImport
{
    public static string Link(Guid id) => $"{Office.Path}/import/{id}";

    public static async Task<IResult> Handle(Guid id, ImportFolder folder, CancellationToken stop) =>
        await folder.Find(id, stop) is { } file ? Show.Page<ImportPage>(new { File = file }) : Show.NotFound();

    /// <summary>Staff looked at the preview, or it broke off: it goes into the store now. A second click starts nothing twice.</summary>
    public static async Task<IResult> Start(Guid id, Session session, ImportFolder folder, RunImports run, LoopRegistry loops, CancellationToken stop)
    {
        if (await folder.Find(id, stop) is not { } file || !File.Exists(folder.PathOf(id))) return Show.NotFound();
        var (isPreviewed, isDone) = (file.Preview is not null, file is { Step: ImportStep.Import, Status: ImportStatus.Done });
        if (file.Status != ImportStatus.Running && !isDone)
        {
            await run.Ask(file, isPreviewed ? ImportStep.Import : ImportStep.Preview, session.AccessToken!, stop);
            loops.Wake(RunImports.LoopName);
        }

        return Show.Next(Link(id));
    }
}
