using System.Globalization;

namespace Stoa.Backoffice;

/// <summary>Writes what was measured as a person reads it. Pure.</summary>
public static class Figures
{
    public const string None = "–";

    /// <param name="ms">Null for nothing measured.</param>
    public static string Time(double? ms) => ms switch
    {
        null => None,
        < 10 => Text($"{ms:0.0} ms"),
        < 1000 => Text($"{ms:0} ms"),
        _ => Text($"{ms / 1000:0.0} s"),
    };

    public static string Rate(double perSecond) => perSecond < 10 ? Text($"{perSecond:0.0}") : Text($"{perSecond:0}");

    /// <summary>A count, or the middle of an axis of counts.</summary>
    public static string Whole(double count) => Text($"{count:#,0.#}");

    /// <summary>What failed is never rounded to nothing.</summary>
    public static string Percent(double ratio) => ratio switch
    {
        0 => "0 %",
        < 0.001 => "< 0.1 %",
        _ => Text($"{ratio * 100:0.0} %"),
    };

    public static string Seconds(double seconds) => seconds switch
    {
        < 10 => Text($"{seconds:0.0} s"),
        < 120 => Text($"{seconds:0} s"),
        < 7200 => Text($"{seconds / 60:0} min"),
        < 172_800 => Text($"{seconds / 3600:0} h"),
        _ => Text($"{seconds / 86_400:0} days"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
