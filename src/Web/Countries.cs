using System.Collections.Concurrent;
using System.Globalization;

namespace Stoa.Web;

/// <summary>The countries that an address can be in, by their names in the page's language.</summary>
public static class Countries
{
    private static readonly ConcurrentDictionary<string, Known> Languages = [];

    private sealed record Known((string Code, string Name)[] All, Dictionary<string, string> Names);

    /// <summary>ISO 3166-1 alpha-2 codes with the names, in the order of the names.</summary>
    public static IReadOnlyList<(string Code, string Name)> All => InThisLanguage.All;

    public static string? Name(string code) => InThisLanguage.Names.GetValueOrDefault(code);

    private static Known InThisLanguage => Languages.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ => Read(Texts.Countries));

    private static Known Read(string table)
    {
        (string Code, string Name)[] all = [.. table.Split('|', StringSplitOptions.TrimEntries).Select(entry => (entry[..2], entry[3..]))];
        return new(all, all.ToDictionary(country => country.Code, country => country.Name));
    }
}
