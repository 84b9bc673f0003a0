using System.Text;

namespace Stoa.Notifications;

/// <summary>A letter for readers of plain text.</summary>
public static class LetterText
{
    /// <summary>Writes the whole mail.</summary>
    public static string Write(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var text = new StringBuilder();
        foreach (var part in letter.Parts) text.AppendJoin("\n", Lines(part)).Append("\n\n");
        return text.Append("-- \n").Append(letter.Wording.Text("footer")).Append('\n').Append(letter.Why).Append('\n').ToString();
    }

    private static IEnumerable<string> Lines(Part part) => part switch
    {
        Part.Paragraph paragraph => [paragraph.Text],
        Part.Goods goods => [.. Table(goods.Lines), "", .. Table(goods.Sums)],
        Part.Facts facts => [facts.Heading, .. facts.Lines.Select(line => "  " + line)],
        Part.Button button => [button.Label + ":", button.Url],
        Part.Small small => [small.Text],
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static IEnumerable<string> Table(IReadOnlyList<Part.Row> rows)
    {
        var (what, amount) = (rows.Max(row => row.What.Length), rows.Max(row => row.Amount.Length));
        return rows.Select(row => $"  {row.What.PadRight(what)}  {row.Amount.PadLeft(amount)}");
    }
}
