using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Storefront;

/// <summary>Writes and reads prices. The process has no cultures (invariant mode), so the rules are here.</summary>
public static class Prices
{
    // ISO 4217: currencies whose minor unit is not a hundredth.
    private static readonly Dictionary<string, int> Exponents = new()
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0,
        ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3, ["CLF"] = 4, ["UYW"] = 4,
    };

    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["CHF"] = "CHF ",
        ["CAD"] = "CA$", ["AUD"] = "A$", ["NZD"] = "NZ$", ["BRL"] = "R$", ["MXN"] = "MX$", ["ILS"] = "₪", ["TRY"] = "₺",
    };

    /// <returns>"$1,299.00", "¥1,299", "KWD 1.299"; below zero with a minus sign before the symbol.</returns>
    public static string Text(Money price)
    {
        var exponent = Exponent(price.Currency);
        var whole = Math.Abs((decimal)price.Amount) / Power(exponent);
        return (price.Amount < 0 ? "−" : "") + Symbol(price.Currency) + whole.ToString("N" + exponent, CultureInfo.InvariantCulture);
    }

    /// <summary>Free is a better word than a zero for shipping.</summary>
    public static string OrFree(Money price) => price.Amount == 0 ? "Free" : Text(price);

    public static string Symbol(string currency) => Symbols.GetValueOrDefault(currency) ?? currency + " ";

    /// <summary>Reads what a shopper types into a price filter; anything else counts as no filter.</summary>
    /// <returns>Minor units, or null.</returns>
    public static long? Read(string? text, string currency)
    {
        const decimal most = 1_000_000_000;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var amount)
            && amount is >= 0 and <= most
            ? (long)decimal.Round(amount * Power(Exponent(currency)), MidpointRounding.AwayFromZero)
            : null;
    }

    public static int Exponent(string currency) => Exponents.GetValueOrDefault(currency, 2);

    private static decimal Power(int exponent) => exponent switch { 0 => 1, 3 => 1_000, 4 => 10_000, _ => 100 };
}
