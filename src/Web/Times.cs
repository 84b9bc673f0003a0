namespace Stoa.Web;

/// <summary>Writes times as the visitor's culture does.</summary>
public static class Times
{
    /// <summary>For machines, such as the <c>datetime</c> of a <c>time</c> element.</summary>
    public static string Exact(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => Write(at, "t");

    /// <summary>Where UTC is said beside it.</summary>
    public static string Clock(DateTimeOffset at) => at.ToUniversalTime().ToString("HH:mm", Cultures.Current);

    public static string Day(DateTimeOffset at) => Write(at, "D");
    public static string DayAndTime(DateTimeOffset at) => Write(at, "F");

    private static string Write(DateTimeOffset at, string format) => at.ToUniversalTime().ToString(format, Cultures.Current);
}
