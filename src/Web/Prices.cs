using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Web;

/// <summary>Writes and reads prices. The process has no cultures (invariant mode), so the rules are here.</summary>
public static class Prices
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["KRW"] = "₩",
        ["CHF"] = "CHF ",
        ["CAD"] = "CA$",
        ["AUD"] = "A$",
        ["NZD"] = "NZ$",
        ["BRL"] = "R$",
        ["MXN"] = "MX$",
        ["ILS"] = "₪",
        ["TRY"] = "₺",
    };

    /// <returns>"$1,299.00", "¥1,299", "KWD 1.299"; below zero with a minus sign before the symbol.</returns>
    public static string Text(Money price)
    {
        var whole = Math.Abs((decimal)price.Amount) / Power(price.Digits);
        return (price.Amount < 0 ? "−" : "") + Symbol(price.Currency) + whole.ToString("N" + price.Digits, CultureInfo.InvariantCulture);
    }

    /// <summary>For machines: "1299.00".</summary>
    public static string Decimal(Money price) => (price.Amount / Power(price.Digits)).ToString("F" + price.Digits, CultureInfo.InvariantCulture);

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
            ? (long)decimal.Round(amount * Power(new Money(0, currency).Digits), MidpointRounding.AwayFromZero)
            : null;
    }

    private static decimal Power(int exponent) => exponent switch { 0 => 1, 3 => 1_000, _ => 100 };
}
