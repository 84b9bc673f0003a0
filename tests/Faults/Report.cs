using System.Globalization;
using System.Text;
using System.Text.Json;
using Stoa.Audit;

namespace Stoa.Faults;

/// <summary>What a run did and what came of it, for people (Markdown) and for programs (JSON).</summary>
/// <param name="Audit">What was wrong with the store, a minute after the last fault at the latest.</param>
/// <param name="SettledAfter">From the last fault until nothing was wrong any more, or the minute was over.</param>
/// <param name="Skipped">What this machine did not let us do; empty for nothing.</param>
public sealed record Report(
    FaultOptions Options, IReadOnlyList<Fault> Faults, Tally Tally, Reading Audit, TimeSpan SettledAfter, string Skipped)
{
    private const int Shown = 20;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Everything that must not be.</summary>
    public IReadOnlyList<string> Violations =>
    [
        .. Tally.Surprises,
        .. Faults.Where(fault => fault.RecoveredAfter is null).Select(fault => $"the store did not get over {fault.Kind} of {fault.Target} at {Seconds(fault.At)} s within {2 * Options.Patience.TotalSeconds:0} s"),
        .. Faults.Count == 0 && Skipped.Length == 0 ? (string[])["nothing was broken: such a run shows nothing"] : [],
        .. Invariant.All.SelectMany(one => Audit.Offenders(one).Select(offender => $"{one.Id}: {offender.Subject}: {offender.What}")),
    ];

    /// <summary>Writes both files into the folder.</summary>
    /// <returns>The Markdown's path.</returns>
    public string Write()
    {
        Directory.CreateDirectory(Options.Report);
        var name = Path.Combine(Options.Report, $"{Options.Script}-{Options.Seed}");
        File.WriteAllText(name + ".md", Markdown());
        File.WriteAllText(name + ".json", Json());
        return name + ".md";
    }

    /// <summary>For people.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine(In($"# Faults: {Options.Script}, seed {Options.Seed}, {Options.Seconds} s")).AppendLine();
        text.AppendLine(In($"{Tally.Purchases} purchases acknowledged, {Faults.Count} faults, {Faults.Count(fault => fault.InFlight > 0)} of them with purchases in flight. Settled {Seconds(SettledAfter)} s after the last fault. Slowest answer {Seconds(Tally.Slowest)} s."));
        if (Skipped.Length > 0) text.AppendLine().AppendLine(In($"Skipped: {Skipped}."));

        Table(text, "Faults", "| kind | target | times | with purchases in flight | recovered after, s: middle | longest |",
            Faults.GroupBy(fault => (fault.Kind, fault.Target)).OrderBy(group => group.Key).Select(group =>
                $"{group.Key.Kind} | {group.Key.Target} | {group.Count()} | {group.Count(fault => fault.InFlight > 0)} | {Middle(group)} | {Longest(group)}"));
        Table(text, "Answers", "| call | answer | times |",
            Tally.Answers.OrderBy(one => one.Key).Select(one => $"{one.Key.Call} | {one.Key.Answer} | {one.Value}"));
        Table(text, "Visits", "| end | times |", Tally.Visits.OrderByDescending(one => one.Value).Select(one => $"{one.Key} | {one.Value}"));
        Table(text, "Audit", "| invariant | compared | holds |",
            Invariant.All.Select(one => $"{one.Id} | {one.Compared(Audit.Totals)} | {(Audit.Offenders(one).Count == 0 ? "yes" : $"NO, {Audit.Offenders(one).Count} times")}"));

        text.AppendLine().AppendLine("## Violations").AppendLine();
        foreach (var violation in Violations.Take(Shown)) text.AppendLine("- " + violation);
        text.AppendLine(Violations.Count == 0 ? "None." : Violations.Count > Shown ? In($"- and {Violations.Count - Shown} more") : "");
        return text.ToString();
    }

    /// <summary>For programs.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        Options.Script,
        Options.Seed,
        Options.Seconds,
        Options.Shoppers,
        Tally.Purchases,
        Faults = Faults.Select(fault => new
        {
            fault.Kind,
            fault.Target,
            AtSeconds = fault.At.TotalSeconds,
            fault.InFlight,
            LastedSeconds = (fault.Ended - fault.At).TotalSeconds,
            RecoveredAfterSeconds = fault.RecoveredAfter?.TotalSeconds,
        }),
        Answers = Tally.Answers.Select(one => new { one.Key.Call, one.Key.Answer, Times = one.Value }),
        Tally.Visits,
        SlowestAnswerSeconds = Tally.Slowest.TotalSeconds,
        Audit = Invariant.All.Select(one => new { one.Id, Compared = one.Compared(Audit.Totals), Holds = Audit.Offenders(one).Count == 0 }),
        SettledAfterSeconds = SettledAfter.TotalSeconds,
        Skipped,
        Violations,
    }, Indented);

    private static void Table(StringBuilder text, string title, string head, IEnumerable<string> rows)
    {
        text.AppendLine().AppendLine("## " + title).AppendLine();
        text.AppendLine(head).AppendLine(string.Concat(Enumerable.Repeat("| --- ", head.Count(one => one == '|') - 1)) + "|");
        foreach (var row in rows) text.AppendLine($"| {row} |");
    }

    private static string Middle(IEnumerable<Fault> faults) =>
        faults.Select(fault => fault.RecoveredAfter).OfType<TimeSpan>().Order().ToList() is { Count: > 0 } all ? Seconds(all[all.Count / 2]) : "never";

    private static string Longest(IEnumerable<Fault> faults) =>
        faults.Any(fault => fault.RecoveredAfter is null) ? "never" : Seconds(faults.Max(fault => fault.RecoveredAfter!.Value));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string In(FormattableString text) => FormattableString.Invariant(text);
}
