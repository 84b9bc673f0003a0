using System.Globalization;
using System.Text;

namespace Stoa.Backoffice;

/// <summary>The lines that an import leaves out, as a file to work through: the number, why, and the line itself.</summary>
public static class TellFailedLines
{
    public static async Task<IResult> Handle(Guid id, ImportFolder folder, CancellationToken stop)
    {
        if (await folder.Find(id, stop) is not { } file || (file.Report?.Failed ?? file.Preview?.Failed) is not { } failed) return Show.NotFound();
        var reasons = failed.ToLookup(one => one.Line, one => one.Reason);
        var csv = new StringBuilder("Line,Reason,Text\n");
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(folder.PathOf(id), stop))
        {
            number++;
            foreach (var reason in reasons[number]) csv.Append(CultureInfo.InvariantCulture, $"{number},{Quoted(reason)},{Quoted(line)}\n");
        }

        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(file.FileName)}-left-out.csv");
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
