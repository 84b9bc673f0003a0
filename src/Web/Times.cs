using System.Globalization;

namespace Stoa.Web;

/// <summary>Writes times. No script asks the visitor's clock, so they say which one they are of.</summary>
public static class Times
{
    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
    public static string Day(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    public static string DayAndTime(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
