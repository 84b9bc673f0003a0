using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stoa.Web;

/// <summary>What the API said: a value, or a refusal with its status and code.</summary>
public sealed record ApiAnswer<T>(int Status, T? Value, Refusal Refusal) where T : class
{
    public bool Ok => Status is >= 200 and < 300;
    public string? Code => Refusal.Code;

    /// <summary>A part of the store is out of reach or overloaded; the same call may work in a moment.</summary>
    public bool IsDown => Status is 429 or >= 500;

    /// <summary>The version of what was read, for a change that must not overwrite another's.</summary>
    public string? ETag { get; init; }

    /// <summary>The value of an answer that has no refusal worth a page of its own.</summary>
    /// <param name="part">What is unavailable, in the reader's words: "Your cart".</param>
    /// <exception cref="PartDownException">Any other answer; the site's page for it is shown.</exception>
    public T Needed(string part) => Ok && Value is not null ? Value : throw new PartDownException(part, Status);
}

/// <summary>A page cannot be shown because a part of the store did not answer it.</summary>
public sealed class PartDownException(string part, int status) : Exception($"{part}: the API answered {status}")
{
    public string Part { get; } = part;
    public bool SessionEnded { get; } = status is 401;
}

/// <summary>A refusal (RFC 9457).</summary>
public sealed record Refusal(string? Code, string? Detail, Dictionary<string, string[]>? Errors)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Refusal Unknown { get; } = new(null, null, null);

    /// <summary>The members that this code adds.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }

    /// <summary>One of the added members; the type's default when it is missing.</summary>
    public T? Member<T>(string name) => More?.GetValueOrDefault(name) is { ValueKind: not JsonValueKind.Undefined } value ? value.Deserialize<T>(Json) : default;
}

/// <summary>What a login and a refresh answer.</summary>
public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken, TokenUser? User);

/// <summary>Whose the tokens are.</summary>
public sealed record TokenUser(Guid Id, string? Name, string? Email, string[]? Roles);

/// <summary>A page of a list; <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record ListPage<T>(T[] Items, string? NextCursor);
