using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Stoa.Launcher;

/// <summary>Has Payments compare its books with the provider's, and shows what it compared, put right and found different.</summary>
public static class Reconcile
{
    // A pass over years of a busy account lists many pages.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromHours(1) };

    /// <returns>0 when the pass was whole and nothing differs.</returns>
    public static async Task<int> Run(DataFolder data, int days, bool json, CancellationToken stop)
    {
        var (succeeded, said) = await Ask.Send(Http, data, "payments", string.Create(CultureInfo.InvariantCulture, $"reconciliation?days={days}"), HttpMethod.Post, stop);
        if (!succeeded) throw new CannotGoOnException($"Payments refuses: {said}");
        var report = JsonDocument.Parse(said).RootElement;
        if (json) Console.WriteLine(said);
        else Show(report);
        return report.GetProperty("complete").GetBoolean() && report.GetProperty("open").GetInt32() == 0 ? 0 : 1;
    }

    private static void Show(JsonElement report)
    {
        Console.WriteLine($"Compared what was made since {report.Text("from")}:");
        var compared = new Table().Border(TableBorder.Simple).AddColumns("at the provider", "with us");
        var counts = report.GetProperty("compared");
        compared.AddRow($"{counts.GetProperty("intents")} intents", $"{counts.GetProperty("attempts")} payments");
        compared.AddRow($"{counts.GetProperty("refunds")} refunds", $"{counts.GetProperty("ledgerEntries")} ledger entries");
        AnsiConsole.Write(compared);

        foreach (var one in report.GetProperty("repaired").EnumerateArray())
            Console.WriteLine($"put right: {one.Text("kind")} of {one.Text("subject")}, order {one.Text("orderId")}");
        ShowOpen(report);
    }

    private static void ShowOpen(JsonElement report)
    {
        var open = report.GetProperty("open").GetInt32();
        if (!report.GetProperty("complete").GetBoolean()) Console.WriteLine("The provider stopped answering on the way: this is not the whole picture. Try again.");
        if (open == 0)
        {
            Console.WriteLine("Nothing differs.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("differs", "of", "order", "ours", "theirs", "since");
        foreach (var one in report.GetProperty("differences").EnumerateArray())
            table.AddRow([.. new[] { one.Text("kind"), one.Text("subject"), one.Text("orderId"), Money(one, "ours"), Money(one, "theirs"), one.Text("firstSeenAt") }.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        Console.WriteLine($"{open} to look at: docs/runbook/money-differs.md says what each means.");
    }

    private static string Money(JsonElement difference, string side) => difference.GetProperty(side) is { ValueKind: JsonValueKind.Object } money
        ? new Contracts.Money(money.GetProperty("amount").GetInt64(), money.Text("currency")).ToString() : "";
}
