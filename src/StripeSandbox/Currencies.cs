using System.Collections.Frozen;
using System.Globalization;

namespace Stoa.StripeSandbox;

/// <summary>The currencies that Stripe takes (https://docs.stripe.com/currencies), with the smallest charge where it names one
/// and the minor units where they are not hundredths.</summary>
public static class Currencies
{
    /// <summary>Stripe's largest charge: eight digits, whatever the currency.</summary>
    public const long LargestCharge = 99_999_999;

    private static readonly FrozenDictionary<string, long> SmallestCharge = new (string Currency, long Minor)[]
    {
        ("usd", 50), ("aed", 200), ("aud", 50), ("bgn", 100), ("brl", 50), ("cad", 50), ("chf", 50), ("czk", 1500), ("dkk", 250),
        ("eur", 50), ("gbp", 30), ("hkd", 400), ("huf", 17500), ("inr", 50), ("jpy", 50), ("mxn", 1000), ("myr", 200),
        ("nok", 300), ("nzd", 50), ("pln", 200), ("ron", 200), ("sek", 300), ("sgd", 50), ("thb", 1000),
    }.ToFrozenDictionary(one => one.Currency, one => one.Minor);

    private static readonly FrozenSet<string> WithoutMinorUnits = FrozenSet.Create(
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf");

    private static readonly FrozenSet<string> InThousandths = FrozenSet.Create("bhd", "jod", "kwd", "omr", "tnd");

    private static readonly FrozenSet<string> Others = FrozenSet.Create(
        "afn", "all", "amd", "ang", "aoa", "ars", "awg", "azn", "bam", "bbd", "bdt", "bmd", "bnd", "bob", "bsd", "bwp", "byn", "bzd", "cdf",
        "cny", "cop", "crc", "cve", "dop", "dzd", "egp", "etb", "fjd", "fkp", "gel", "gip", "gmd", "gtq", "gyd", "hnl", "htg", "idr", "ils",
        "isk", "jmd", "kes", "kgs", "khr", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "mad", "mdl", "mkd", "mmk", "mnt", "mop", "mur",
        "mvr", "mwk", "mzn", "nad", "ngn", "nio", "npr", "pab", "pen", "pgk", "php", "pkr", "qar", "rsd", "rub", "sar", "sbd", "scr", "shp",
        "sle", "sos", "srd", "std", "szl", "tjs", "top", "try", "ttd", "twd", "tzs", "uah", "uyu", "uzs", "wst", "xcd", "yer", "zar", "zmw");

    private static readonly FrozenDictionary<string, string> Symbols = new Dictionary<string, string>
    {
        ["usd"] = "$",
        ["eur"] = "€",
        ["gbp"] = "£",
        ["jpy"] = "¥",
    }.ToFrozenDictionary();

    public static bool Known(string currency) =>
        SmallestCharge.ContainsKey(currency) || WithoutMinorUnits.Contains(currency) || InThousandths.Contains(currency) || Others.Contains(currency);

    public static string All => string.Join(", ", SmallestCharge.Keys.Concat(WithoutMinorUnits).Concat(InThousandths).Concat(Others).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Null when an amount of minor units may be charged.</summary>
    public static StripeError? Refuses(long amountMinor, string currency)
    {
        if (amountMinor < 1)
            return StripeError.Invalid("amount", "parameter_invalid_integer", "This value must be greater than or equal to 1.");
        if (SmallestCharge.TryGetValue(currency, out var smallest) && amountMinor < smallest)
            return StripeError.Invalid("amount", "amount_too_small", $"Amount must be at least {Show(smallest, currency)} {currency}");
        if (amountMinor > LargestCharge)
            return StripeError.Invalid("amount", "amount_too_large", $"Amount must be no more than {Show(LargestCharge, currency)}");
        return null;
    }

    /// <summary>An amount for people: <c>$1,234.50</c>, <c>¥500</c>, <c>12.00 SEK</c>.</summary>
    public static string Show(long amountMinor, string currency)
    {
        var (divisor, format) = WithoutMinorUnits.Contains(currency) ? (1m, "#,0") : InThousandths.Contains(currency) ? (1000m, "#,0.000") : (100m, "#,0.00");
        var figure = (amountMinor / divisor).ToString(format, CultureInfo.InvariantCulture);
        return Symbols.TryGetValue(currency, out var symbol) ? symbol + figure : $"{figure} {currency.ToUpperInvariant()}";
    }
}
