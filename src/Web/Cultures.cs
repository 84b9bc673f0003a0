using System.Globalization;

namespace Stoa.Web;

/// <summary>
/// The cultures that pages are written in: a language and, where regions of it write differently, the region. The process
/// knows none of its own (invariant mode: a machine need not have ICU), so what CLDR says of these few is here (ADR 59).
/// </summary>
/// <remarks>Of a culture's patterns, D writes a day, t a time, F a day and time in few words. No server knows the visitor's
/// clock, so every time says which clock it is of; the shop's times.js says it by the visitor's own.</remarks>
public static class Cultures
{
    public static CultureInfo English { get; } = Of("en", new(), new()
    {
        LongDatePattern = "d MMMM yyyy",
        ShortTimePattern = "HH:mm 'UTC'",
        FullDateTimePattern = "d MMM, HH:mm 'UTC'",
    });

    public static CultureInfo German { get; } = Of("de", Grouped(".", ",", SymbolLast), GermanDates("Januar", "Jan."));

    /// <summary>Every culture, each language before its regions.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } =
    [
        English,
        Of("en-US", new(), new()
        {
            LongDatePattern = "MMMM d, yyyy",
            ShortTimePattern = "h:mm tt 'UTC'",
            FullDateTimePattern = "MMM d, h:mm tt 'UTC'",
        }),
        German,
        Of("de-AT", Grouped(".", ",", SymbolFirst), GermanDates("Jänner", "Jän.")),
        Of("de-CH", Grouped("’", ".", SymbolFirst), GermanDates("Januar", "Jan.")),
    ];

    // NumberFormatInfo.CurrencyPositivePattern
    private const int SymbolFirst = 2;
    private const int SymbolLast = 3;

    /// <summary>The visitor's; English where nobody has chosen one, as in the back office.</summary>
    public static CultureInfo Current => CultureInfo.CurrentCulture is { Name.Length: > 0 } chosen ? chosen : English;

    private static NumberFormatInfo Grouped(string groups, string point, int pattern) => new()
    {
        NumberGroupSeparator = groups,
        NumberDecimalSeparator = point,
        CurrencyPositivePattern = pattern,
    };

    private static DateTimeFormatInfo GermanDates(string january, string jan)
    {
        string[] months = [january, "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", ""];
        string[] brief = [jan, "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.", ""];
        return new()
        {
            MonthNames = months,
            MonthGenitiveNames = months,
            AbbreviatedMonthNames = brief,
            AbbreviatedMonthGenitiveNames = brief,
            LongDatePattern = "d. MMMM yyyy",
            ShortTimePattern = "HH:mm 'Uhr (UTC)'",
            FullDateTimePattern = "d. MMM, HH:mm 'Uhr (UTC)'",
        };
    }

    private static CultureInfo Of(string name, NumberFormatInfo numbers, DateTimeFormatInfo dates) =>
        CultureInfo.ReadOnly(new CultureInfo(name) { NumberFormat = numbers, DateTimeFormat = dates });
}
