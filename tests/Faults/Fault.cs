namespace Stoa.Faults;

/// <summary>One fault, from its beginning to when the store had got over it.</summary>
/// <param name="Kind">Such as <c>kill</c>.</param>
/// <param name="Target">The process that it struck.</param>
/// <param name="At">When it began, since the run began.</param>
/// <param name="InFlight">How many purchases were under way in that moment.</param>
public sealed record Fault(string Kind, string Target, TimeSpan At, int InFlight)
{
    /// <summary>When it was over: of a kill the moment of the kill itself.</summary>
    public TimeSpan Ended { get; set; }

    /// <summary>From its end until the process was ready and somebody who began after it had bought; null: not within the run's patience.</summary>
    public TimeSpan? RecoveredAfter { get; set; }
}
