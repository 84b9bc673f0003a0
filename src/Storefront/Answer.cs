namespace Stoa.Storefront;

/// <summary>What the API said: a value, or a refusal with its status and code.</summary>
public sealed record Answer<T>(int Status, T? Value, Refusal Refusal) where T : class
{
    public bool Ok => Status is >= 200 and < 300;
    public string? Code => Refusal.Code;

    /// <summary>A part of the shop is out of reach or overloaded; the same call may work in a moment.</summary>
    public bool IsDown => Status is 429 or >= 500;

    /// <summary>The value of an answer that has no refusal worth a page of its own.</summary>
    /// <param name="part">What is unavailable, in the shopper's words: "Your cart".</param>
    /// <exception cref="PartDownException">Any other answer; <see cref="Pages.DownPage"/> is shown.</exception>
    public T Needed(string part) => Ok && Value is not null ? Value : throw new PartDownException(part, Status);
}

/// <summary>A page cannot be shown because a part of the shop did not answer it.</summary>
public sealed class PartDownException(string part, int status) : Exception($"{part}: the API answered {status}")
{
    public string Part { get; } = part;
    public bool SessionEnded { get; } = status is 401;
}
