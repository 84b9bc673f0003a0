using System.Globalization;
using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Settings of this service alone; shipping and tax have their own (<see cref="ShippingAndTax"/>).</summary>
/// <param name="PayWithin"><c>Stoa:PayWithinMinutes</c>, default 30: how long an order waits for its payment.</param>
public sealed record OrdersOptions(TimeSpan PayWithin)
{
    /// <exception cref="FormatException">A setting is none.</exception>
    public static OrdersOptions From(StoaOptions options) => new(TimeSpan.FromMinutes(
        int.Parse(options["Stoa:PayWithinMinutes"] ?? "30", NumberStyles.None, CultureInfo.InvariantCulture)));
}
