using System.Collections.Frozen;
using System.Globalization;

namespace Stoa.StripeSandbox;

/// <summary>The currencies the sandbox takes, with Stripe's smallest charge in each
/// (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).</summary>
public static class Currencies
{
    /// <summary>Stripe's largest charge: eight digits, whatever the currency.</summary>
    public const long LargestCharge = 99_999_999;

    private static readonly FrozenDictionary<string, long> SmallestCharge = new Dictionary<string, long>
    {
        ["usd"] = 50, ["aed"] = 200, ["aud"] = 50, ["bgn"] = 100, ["brl"] = 50, ["cad"] = 50, ["chf"] = 50, ["czk"] = 1500,
        ["dkk"] = 250, ["eur"] = 50, ["gbp"] = 30, ["hkd"] = 400, ["huf"] = 17500, ["inr"] = 50, ["jpy"] = 50, ["mxn"] = 1000,
        ["myr"] = 200, ["nok"] = 300, ["nzd"] = 50, ["pln"] = 200, ["ron"] = 200, ["sek"] = 300, ["sgd"] = 50, ["thb"] = 1000,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Symbols = new Dictionary<string, string>
    {
        ["usd"] = "$", ["eur"] = "€", ["gbp"] = "£", ["jpy"] = "¥",
    }.ToFrozenDictionary();

    public static bool Known(string currency) => SmallestCharge.ContainsKey(currency);

    public static string All => string.Join(", ", SmallestCharge.Keys.Order(StringComparer.Ordinal));

    /// <summary>Null when an amount of minor units may be charged.</summary>
    public static StripeError? Refuses(long amountMinor, string currency)
    {
        if (amountMinor < 1)
            return StripeError.Invalid("amount", "parameter_invalid_integer", "This value must be greater than or equal to 1.");
        if (amountMinor < SmallestCharge[currency])
            return StripeError.Invalid("amount", "amount_too_small", $"Amount must be at least {Show(SmallestCharge[currency], currency)} {currency}");
        if (amountMinor > LargestCharge)
            return StripeError.Invalid("amount", "amount_too_large", $"Amount must be no more than {Show(LargestCharge, currency)}");
        return null;
    }

    /// <summary>An amount for people: <c>$1,234.50</c>, <c>¥500</c>, <c>12.00 SEK</c>.</summary>
    public static string Show(long amountMinor, string currency)
    {
        var figure = currency == "jpy"
            ? amountMinor.ToString("#,0", CultureInfo.InvariantCulture)
            : (amountMinor / 100m).ToString("#,0.00", CultureInfo.InvariantCulture);
        return Symbols.TryGetValue(currency, out var symbol) ? symbol + figure : $"{figure} {currency.ToUpperInvariant()}";
    }
}
