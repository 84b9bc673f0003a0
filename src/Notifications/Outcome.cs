namespace Stoa.Notifications;

/// <summary>What came of a try to deliver.</summary>
/// <param name="StatusCode">What was answered; null when nothing was.</param>
/// <param name="Fault">Why nothing was.</param>
/// <param name="RetryAfter">How long the receiver asked us to wait.</param>
public sealed record Outcome(int? StatusCode, string? Fault = null, TimeSpan? RetryAfter = null)
{
    public const string TimedOut = "timed_out";
    public const string ConnectionFailed = "connection_failed";
    public const string TlsFailed = "tls_failed";
    public const string AddressRefused = "address_refused";
    public const string AnswerUnreadable = "answer_unreadable";
    public const string SecretUnreadable = "secret_unreadable";

    /// <summary>Any 2xx. A redirect is none: it is not followed.</summary>
    public bool Arrived => StatusCode is >= 200 and < 300;

    /// <summary>The receiver wants nothing more, ever (410).</summary>
    public bool Gone => StatusCode == 410;
}

/// <summary>When a delivery that did not arrive is tried again: ten tries over not quite three days, as the specification
/// advises. Each wait is shortened by chance by up to a tenth, so that what failed together does not come back together.</summary>
public static class DeliverySchedule
{
    private static readonly TimeSpan MostAsked = TimeSpan.FromDays(1);

    /// <summary>The longest wait after each failed try.</summary>
    public static IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(20),
    ];

    /// <summary>How long to wait after a failed try.</summary>
    /// <param name="attempts">How many there were, this one included.</param>
    /// <param name="outcome">What came of it; a receiver that asks for a longer wait gets it, up to a day.</param>
    /// <param name="chance">In [0, 1).</param>
    /// <returns>Null when it was the last try.</returns>
    public static TimeSpan? Wait(int attempts, Outcome outcome, double chance)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Gone || attempts > Waits.Count) return null;
        var wait = Waits[attempts - 1] * (1 - (chance / 10));
        var asked = outcome.RetryAfter is { } longer && longer > MostAsked ? MostAsked : outcome.RetryAfter ?? TimeSpan.Zero;
        return asked > wait ? asked : wait;
    }
}
