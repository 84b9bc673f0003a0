using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>One pass: what it looked at and put right so far.</summary>
public sealed class Reconciliation(DateTimeOffset from, DateTimeOffset beganAt)
{
    /// <summary>Compared is what was made since.</summary>
    public DateTimeOffset From => from;
    public DateTimeOffset BeganAt => beganAt;
    public int Intents { get; set; }
    public int Attempts { get; set; }
    public int Refunds { get; set; }
    public int LedgerEntries { get; set; }
    public List<Repaired> Repaired { get; } = [];

    public static UnavailableException ProviderAway() => new("the payment provider");
}

/// <summary>Something that a pass put right.</summary>
/// <param name="Subject">The intent's or refund's id at the provider.</param>
public sealed record Repaired(string Kind, string Subject, Guid OrderId);

/// <summary>What a pass tells at its end.</summary>
/// <param name="Complete">False: the provider stopped answering on the way, and nothing was cleared.</param>
/// <param name="Open">How many differences are open now, of whichever age.</param>
/// <param name="Differences">The first of them.</param>
public sealed record ReconciliationReport(
    DateTimeOffset From, bool Complete, Compared Compared, IReadOnlyList<Repaired> Repaired, int Open, IReadOnlyList<DifferenceView> Differences);

/// <summary>How many of each were looked at.</summary>
public sealed record Compared(int Intents, int Attempts, int Refunds, int LedgerEntries);

/// <summary>Compares the provider's record with ours, from time to time and when somebody asks. It lists, never searches, for
/// searches lag; it repairs what has one right answer by the same conditional steps as everything else, and reports the rest (P15).</summary>
public sealed partial class Reconcile : ILoop
{
    public const string LoopName = "reconcile";

    private const int MostShown = 100;
    private const int LongestDays = 3650;
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private readonly CompareCharges _charges;
    private readonly CompareRefunds _refunds;
    private readonly CompareLedger _ledger;
    private readonly Differences _differences;
    private readonly TimeProvider _clock;
    private readonly ILogger<Reconcile> _log;
    private readonly TimeSpan? _every;
    private bool _started;

    public Reconcile(
        CompareCharges charges, CompareRefunds refunds, CompareLedger ledger, Differences differences, StoaOptions options, TimeProvider clock, ILogger<Reconcile> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_charges, _refunds, _ledger, _differences, _clock, _log) = (charges, refunds, ledger, differences, clock, log);
        var minutes = Setting(options, "Stoa:Reconciliation:EveryMinutes", 60, least: 0);
        _every = minutes == 0 ? null : TimeSpan.FromMinutes(minutes);
        Days = Setting(options, "Stoa:Reconciliation:Days", 3, least: 1);
    }

    /// <summary>How far back a pass looks by itself.</summary>
    public int Days { get; }

    public string Name => LoopName;

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (_every is not { } every) return TimeSpan.FromDays(1);
        if (!_started)
        {
            _started = true;
            return AfterStart;
        }

        var report = await Run(Days, stop);
        return report.Complete || every < AfterFailure ? every : AfterFailure;
    }

    /// <summary>Makes a pass over what was made in the last <paramref name="days"/> days.</summary>
    public async Task<ReconciliationReport> Run(int days, CancellationToken stop)
    {
        var now = _clock.GetUtcNow();
        var pass = new Reconciliation(now - TimeSpan.FromDays(days), now);
        var complete = await Compare(pass, stop);
        LogEnded(_log, complete, pass.Intents, pass.Attempts, pass.Refunds, pass.LedgerEntries, pass.Repaired.Count);
        return new ReconciliationReport(
            pass.From, complete, new Compared(pass.Intents, pass.Attempts, pass.Refunds, pass.LedgerEntries), pass.Repaired,
            await _differences.CountOpen(stop), await _differences.Open(MostShown, stop));
    }

    /// <summary>Somebody asks for a pass now: <c>POST /internal/reconciliation?days=30</c>.</summary>
    public static async Task<IResult> Handle(int? days, Reconcile reconcile, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(reconcile);
        var validation = new Validation().Range("days", days ?? reconcile.Days, 1, LongestDays);
        return validation.Problem is { } invalid ? invalid : TypedResults.Ok(await reconcile.Run(days ?? reconcile.Days, stop));
    }

    private async Task<bool> Compare(Reconciliation pass, CancellationToken stop)
    {
        try
        {
            await _charges.Run(pass, stop);
            await _refunds.Run(pass, stop);
            await _ledger.Run(pass, stop);
        }
        catch (UnavailableException away)
        {
            LogBrokeOff(_log, away.Message);
            return false;
        }

        await _differences.Clear(pass, stop);
        return true;
    }

    /// <exception cref="FormatException">It is no such number: the service does not start.</exception>
    private static int Setting(StoaOptions options, string name, int usual, int least) =>
        options[name] is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= LongestDays * 24 * 60 ? number
        : throw new FormatException($"{name} must be a whole number from {least}, and not \"{text}\".");

    [LoggerMessage(Level = LogLevel.Information, Message = "reconciled (complete: {Complete}): {Intents} intents and {Refunds} refunds of the provider with {Attempts} attempts and {Entries} ledger entries of ours; {Repaired} put right")]
    private static partial void LogEnded(ILogger log, bool complete, int intents, int attempts, int refunds, int entries, int repaired);

    [LoggerMessage(Level = LogLevel.Warning, Message = "reconciliation broke off: {Reason}")]
    private static partial void LogBrokeOff(ILogger log, string reason);
}
