using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Web;

/// <summary>Writes and reads prices, in the store's currency and as the visitor's culture writes them.</summary>
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
        ["CHF"] = "CHF",
        ["CAD"] = "CA$",
        ["AUD"] = "A$",
        ["NZD"] = "NZ$",
        ["BRL"] = "R$",
        ["MXN"] = "MX$",
        ["ILS"] = "₪",
        ["TRY"] = "₺",
    };

    /// <returns>"$1,299.00", "¥1,299", "KWD 1.299", "1.299,00 $", "CHF 1’299.00"; below zero with a minus sign in front.</returns>
    public static string Text(Money price)
    {
        var numbers = Cultures.Current.NumberFormat;
        var whole = (Math.Abs((decimal)price.Amount) / Power(price.Digits)).ToString("N" + price.Digits, numbers);
        var (sign, symbol) = (price.Amount < 0 ? "−" : "", Symbol(price.Currency));
        return numbers.CurrencyPositivePattern switch
        {
            0 => sign + symbol + (char.IsAsciiLetter(symbol[^1]) ? " " : "") + whole,
            2 => sign + symbol + Space + whole,
            _ => sign + whole + Space + symbol,
        };
    }

    /// <summary>For machines: "1299.00".</summary>
    public static string Decimal(Money price) => (price.Amount / Power(price.Digits)).ToString("F" + price.Digits, CultureInfo.InvariantCulture);

    /// <summary>Free is a better word than a zero for shipping.</summary>
    public static string OrFree(Money price) => price.Amount == 0 ? Texts.Free : Text(price);

    public static string Symbol(string currency) => Symbols.GetValueOrDefault(currency) ?? currency;

    /// <summary>
    /// Reads what a shopper types into a price filter; anything else counts as no filter. A point is understood in every
    /// culture, as long as it cannot be meant to group thousands: the address of a page may come from another reader.
    /// </summary>
    /// <returns>Minor units, or null.</returns>
    public static long? Read(string? text, string currency)
    {
        const decimal most = 1_000_000_000;
        var digits = new Money(0, currency).Digits;
        var read = decimal.TryParse(text, Typed, Cultures.Current, out var amount)
            || decimal.TryParse(text, Typed, CultureInfo.InvariantCulture, out amount) && amount.Scale <= digits;
        return read && amount is >= 0 and <= most ? (long)decimal.Round(amount * Power(digits), MidpointRounding.AwayFromZero) : null;
    }

    private const NumberStyles Typed = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>No line ends within a price.</summary>
    private const string Space = "\u00A0";

    private static decimal Power(int exponent) => exponent switch { 0 => 1, 3 => 1_000, _ => 100 };
}
