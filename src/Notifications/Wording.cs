using System.Globalization;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Notifications;

/// <summary>The texts of our mails in one language, from <c>Texts/{language}.json</c>, and how it writes amounts. The
/// process knows no cultures (invariant mode), so the few rules are here.</summary>
public sealed class Wording
{
    private static readonly Dictionary<string, Wording> Languages = new(StringComparer.Ordinal)
    {
        ["en"] = new("en", NumberFormatInfo.InvariantInfo),
        ["de"] = new("de", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." }),
    };

    private readonly Dictionary<string, string> _texts;
    private readonly NumberFormatInfo _numbers;

    private Wording(string language, NumberFormatInfo numbers)
    {
        (Language, _numbers) = (language, numbers);
        using var file = new StreamReader(typeof(Wording).Assembly.GetManifestResourceStream($"Stoa.Notifications.Texts.{language}.json")!);
        _texts = Json.Read<Dictionary<string, string>>(file.ReadToEnd());
    }

    /// <summary>The language's code.</summary>
    public string Language { get; }

    /// <summary>The names of all texts.</summary>
    public IReadOnlyCollection<string> Names => _texts.Keys;

    /// <summary>All languages that we write.</summary>
    public static IReadOnlyCollection<Wording> All => Languages.Values;

    /// <summary>A language's texts; English where we do not write it.</summary>
    public static Wording In(string language) => Languages.GetValueOrDefault(language) ?? Languages["en"];

    /// <summary>A text with its places filled in.</summary>
    public string Text(string name, params object[] values) => string.Format(CultureInfo.InvariantCulture, _texts[name], values);

    /// <summary>An amount, such as <c>1,299.00 USD</c> or <c>1.299,00 USD</c>.</summary>
    public string Amount(Money money) =>
        $"{((decimal)money.Amount / (decimal)Math.Pow(10, money.Digits)).ToString("N" + money.Digits, _numbers)} {money.Currency}";

    /// <summary>A time: which clock the reader has is not known, so it says which one it is of.</summary>
    public string Time(DateTimeOffset at) => Text("time", at.UtcDateTime);
}
