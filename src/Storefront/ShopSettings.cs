using Stoa.Kernel;

namespace Stoa.Storefront;

/// <summary>What the pages know of the store that they belong to.</summary>
/// <param name="PublicUrl">Where people reach the shop, without a slash at the end.</param>
/// <param name="Currency">ISO 4217; the prices that filters are typed in.</param>
/// <param name="HomeCountry">ISO 3166-1 alpha-2; chosen first at checkout.</param>
/// <param name="Featured">Slugs of the products that the front shows first; none: it chooses itself.</param>
/// <param name="Sandbox">Payments go to the sandbox: its test methods are offered.</param>
public sealed record ShopSettings(string PublicUrl, string Currency, string HomeCountry, string[] Featured, bool Sandbox)
{
    public static ShopSettings From(StoaOptions options) => new(
        options.PublicUrl, options.Currency, options["Stoa:HomeCountry"] ?? "US",
        options["Stoa:Featured"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [], bool.TryParse(options["Stoa:Sandbox"], out var runs) && runs);
}
