using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>What an account's fields must be.</summary>
public static class AccountRules
{
    private const int ShortestPassword = 8;
    private const int LongestPassword = 128;

    private static readonly HashSet<string> Commonest = ReadCommonest();

    /// <summary>1 to 100 characters, none of them a control character: names go into mails and on labels.</summary>
    public static Validation Name(this Validation check, string? name) => check
        .Text("name", name, 1, 100)
        .Require(name is null || !name.Any(char.IsControl), "name", "must not hold control characters");

    /// <summary>8 to 128 characters (code points), not among the commonest (NIST SP 800-63B §5.1.1.2).</summary>
    public static Validation Password(this Validation check, string? password)
    {
        var length = password?.EnumerateRunes().Count() ?? 0;
        return check
            .Require(length is >= ShortestPassword and <= LongestPassword, "password", $"must be {ShortestPassword} to {LongestPassword} characters")
            .Require(!IsCommon(password), "password", "is one of the commonest: choose another");
    }

    /// <summary>Whether it is among the first that a guesser tries, whatever the case.</summary>
    public static bool IsCommon(string? password) => password is not null && Commonest.Contains(password.ToLowerInvariant());

    private static HashSet<string> ReadCommonest()
    {
        using var lines = new StreamReader(typeof(AccountRules).Assembly.GetManifestResourceStream("Stoa.Users.CommonPasswords.txt")!);
        return new(lines.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
