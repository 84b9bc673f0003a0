namespace Stoa.Backoffice;

/// <summary>What staff look for among the orders: an e-mail address where there is an @, else a number; and a state.</summary>
/// <param name="Text">As it was typed; empty for any.</param>
/// <param name="Status">Null for any.</param>
public sealed record OrderSearch(string Text, string? Status, string? Cursor)
{
    /// <summary>Whose address it is, where a shopper has it: orders placed while logged in are found by their buyer.</summary>
    public Guid? BuyerId { get; init; }

    private const int Shown = 50;

    public static OrderSearch From(string? text, string? status, string? cursor) =>
        new((text ?? "").Trim().TrimStart('#'), string.IsNullOrEmpty(status) ? null : status, cursor);

    public bool ByEmail => Text.Contains('@', StringComparison.Ordinal);

    /// <summary>Whether it can find one order at most.</summary>
    public bool ByNumber => Text.Length > 0 && !ByEmail;

    public string Query => $"?limit={Shown}" + Part("status", Status) + Part("cursor", Cursor) + Part(ByEmail ? "email" : "number", Text) + Part("buyerId", BuyerId?.ToString());

    /// <summary>The page's own address with another state or place in the list.</summary>
    public string Link(string? status, string? cursor = null) =>
        Office.Path + "/orders?" + (Part("q", Text) + Part("status", status) + Part("cursor", cursor)).TrimStart('&');

    private static string Part(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
