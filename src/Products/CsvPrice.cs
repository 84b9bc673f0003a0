using System.Globalization;
using Stoa.Contracts;

namespace Stoa.Products;

/// <summary>A price as a CSV file writes it: <c>12.50</c>, a decimal point and nothing else.</summary>
public static class CsvPrice
{
    /// <returns>Null when it is no such price, or has more digits behind the point than the currency: nothing is rounded or guessed.</returns>
    public static Money? Read(string text, string currency)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units)) return null;
        if (Math.Abs(units) > 1_000_000_000_000) return null;
        var amount = units * Power(currency);
        return amount == decimal.Truncate(amount) ? new Money((long)amount, currency) : null;
    }

    public static string Write(Money price) => (price.Amount / Power(price.Currency)).ToString("F" + price.Digits, CultureInfo.InvariantCulture);

    private static decimal Power(string currency) => new Money(0, currency).Digits switch { 0 => 1, 3 => 1_000, _ => 100 };
}
