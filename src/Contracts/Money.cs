using System.Globalization;
using System.Text.Json.Serialization;

namespace Stoa.Contracts;

/// <summary>An amount of money: a whole number of the currency's minor units and its ISO 4217 code.</summary>
/// <param name="Amount">Minor units (cents for USD, yen for JPY); negative only where a document says so.</param>
/// <param name="Currency">ISO 4217 alphabetic code, upper case.</param>
public readonly record struct Money(long Amount, string Currency)
{
    /// <summary>Adds two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public static Money operator +(Money left, Money right) => left.Currency == right.Currency
        ? left with { Amount = checked(left.Amount + right.Amount) }
        : throw new InvalidOperationException($"cannot add {right.Currency} to {left.Currency}");

    /// <summary>The same as the operator, for languages that have none.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>The amount taken <paramref name="quantity"/> times.</summary>
    /// <exception cref="OverflowException">The product does not fit.</exception>
    public Money Times(int quantity) => this with { Amount = checked(Amount * quantity) };

    /// <summary>How many digits of the amount are behind the point, by ISO 4217: 2 but for the currencies named here.</summary>
    [JsonIgnore] // the wire knows an amount and a currency
    public int Digits => Currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>As people read it, the same in every culture: <c>1,234.50 USD</c>.</summary>
    public override string ToString()
    {
        var digits = Digits;
        var units = Amount / (decimal)Math.Pow(10, digits);
        return string.Create(CultureInfo.InvariantCulture, $"{units.ToString("N" + digits, CultureInfo.InvariantCulture)} {Currency}");
    }
}
