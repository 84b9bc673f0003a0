namespace Stoa.Kernel;

/// <summary>Something that this service needs cannot answer now: the caller gets 503
/// <c>temporarily_unavailable</c> with Retry-After, an event waits, a loop tries again.</summary>
/// <param name="what">Who or what is away, such as <c>inventory</c>.</param>
/// <param name="inner">The cause.</param>
public sealed class UnavailableException(string what, Exception? inner = null)
    : Exception($"{what} cannot answer now", inner)
{
    /// <summary>Who or what is away.</summary>
    public string What { get; } = what;

    /// <summary>Whether it may have done what it was asked all the same: a connection lost in COMMIT (S2). The caller gets
    /// 503 <c>outcome_unknown</c>.</summary>
    public bool OutcomeUnknown { get; init; }
}

/// <summary>A conditional write met a newer state (<c>WHERE version = @read</c> wrote 0 rows): the transaction is rolled
/// back and the caller reads again.</summary>
/// <param name="what">What was overtaken.</param>
public sealed class OvertakenException(string what) : Exception($"{what} changed meanwhile");

/// <summary>A rule of the house was broken by code (a bug): such as awaiting something other than the database inside
/// a transaction (S3).</summary>
/// <param name="message">Which rule, and where.</param>
public sealed class BrokenRuleException(string message) : Exception(message);
