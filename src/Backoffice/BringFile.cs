using Stoa.Backoffice.Pages;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Takes a product CSV from the page and has it previewed: nothing is written before somebody has looked.</summary>
public static class BringFile
{
    public const long MostBytes = 64 << 20;

    /// <summary>The file within its form.</summary>
    public const long MostFormBytes = MostBytes + (1 << 20);

    private static readonly string FormatText = new StreamReader(typeof(BringFile).Assembly.GetManifestResourceStream("import.md")!).ReadToEnd();

    public static IResult Form() => Show.Page<BringFilePage>();

    /// <summary>What such a file holds, as docs/import.md tells it.</summary>
    public static IResult Format() => Results.Text(FormatText, "text/plain; charset=utf-8");

    public static async Task<IResult> Handle(IFormCollection form, Session session, ImportFolder folder, RunImports run, LoopRegistry loops,
        TimeProvider clock, Entropy entropy, CancellationToken stop)
    {
        if (form.Files is not [{ Length: > 0 } sent]) return Show.Page<BringFilePage>(new { Error = "Choose a file that is not empty." }, 422);
        if (sent.Length > MostBytes) return Show.Page<BringFilePage>(new { Error = "The file is larger than 64 MiB. Split it between two products." }, 413);
        var file = new CatalogueFile(entropy.NewId(), Path.GetFileName(sent.FileName), session.Name ?? "", clock.GetUtcNow(), ImportStep.Preview, ImportStatus.Running, 0, clock.GetUtcNow());
        await using (var content = File.Create(folder.PathOf(file.Id))) await sent.CopyToAsync(content, stop);
        await run.Ask(file, ImportStep.Preview, session.AccessToken!, stop);
        loops.Wake(RunImports.LoopName);
        return Show.Next(ShowImport.Link(file.Id));
    }
}
