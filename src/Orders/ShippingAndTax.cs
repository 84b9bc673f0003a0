using System.Globalization;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>What an order costs beside its lines: a flat rate for shipping and one rate of tax, both by country.
/// <list type="bullet">
/// <item><c>Stoa:Shipping:{country}</c>, else <c>Stoa:Shipping:Default</c>: minor units of the store's currency for the
/// whole order. Example rates until one is set: US 500, everywhere else 1500.</item>
/// <item><c>Stoa:Tax:{country}</c>, else <c>Stoa:Tax:Default</c>: percent of the lines and shipping together, such as
/// <c>8.25</c>. Example rates until one is set: US 8, DE 19, FR 20, GB 20, GR 24, everywhere else 0.</item>
/// </list>
/// A configured <c>Default</c> replaces all the examples. Tax is rounded once, on the whole order, to the nearest minor
/// unit, a half to the even one.</summary>
public sealed class ShippingAndTax
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["Shipping:Default"] = "1500",
        ["Shipping:US"] = "500",
        ["Tax:Default"] = "0",
        ["Tax:US"] = "8",
        ["Tax:DE"] = "19",
        ["Tax:FR"] = "20",
        ["Tax:GB"] = "20",
        ["Tax:GR"] = "24",
    };

    private readonly Dictionary<string, (long ShippingMinor, decimal TaxPercent)> _rates;

    /// <summary>Reads every rate at the start, so that a wrong one stops the start and not a checkout.</summary>
    /// <param name="setting">Gives a setting by its key, or null.</param>
    /// <exception cref="FormatException">A rate is no number, or below 0.</exception>
    public ShippingAndTax(Func<string, string?> setting) => _rates = Countries.All.ToDictionary(
        country => country, country => ((long)Rate(setting, "Shipping", country, whole: true), Rate(setting, "Tax", country, whole: false)), StringComparer.Ordinal);

    /// <summary>Adds shipping and tax to lines at our prices.</summary>
    /// <param name="lines">At least one; all in one currency.</param>
    /// <param name="country">Where the goods go, one of <see cref="Countries"/>.</param>
    public Quote Of(OrderLine[] lines, string country)
    {
        var (shippingMinor, taxPercent) = _rates[country];
        var subtotal = lines.Select(line => line.LineTotal).Aggregate(Money.Add);
        var shipping = subtotal with { Amount = shippingMinor };
        var net = subtotal + shipping;
        var tax = net with { Amount = (long)Math.Round(net.Amount * taxPercent / 100m, MidpointRounding.ToEven) };
        return new Quote(lines, subtotal, shipping, tax, net + tax);
    }

    private static decimal Rate(Func<string, string?> setting, string kind, string country, bool whole)
    {
        var text = setting($"Stoa:{kind}:{country}") ?? setting($"Stoa:{kind}:Default")
            ?? Examples.GetValueOrDefault($"{kind}:{country}") ?? Examples[$"{kind}:Default"];
        return decimal.TryParse(text, whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw new FormatException($"Stoa:{kind}:{country} (or Default) must be a number from 0, not '{text}'");
    }
}
