using Stoa.Kernel;

namespace Stoa.Orders;

/// <summary>Where the goods go.</summary>
public sealed record Address(
    string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country)
{
    /// <summary>The address as a letter shows it, below the name.</summary>
    public string[] Lines =>
        [.. new[] { Line1, Line2, string.Join(' ', new[] { City, Region, PostalCode }.Where(part => part is not null)), Country }.OfType<string>()];
}

/// <summary>An address as a client sends it; a quote needs its country alone.</summary>
public sealed record AddressRequest(
    string? Name, string? Line1, string? Line2, string? City, string? Region, string? PostalCode, string? Country)
{
    private const string Field = "shippingAddress.";

    /// <summary>Notes what is missing or wrong for an order.</summary>
    public static void Check(AddressRequest? address, Validation validation)
    {
        CheckCountry(address, validation);
        if (address is null) return;
        validation.Text(Field + "name", address.Name, 1, 100).Text(Field + "line1", address.Line1, 1, 200)
            .Optional(Field + "line2", address.Line2, 200).Text(Field + "city", address.City, 1, 100)
            .Optional(Field + "region", address.Region, 100).Text(Field + "postalCode", address.PostalCode, 1, 20);
        foreach (var (name, value) in address.Texts)
            validation.Require(value is null || !value.Any(char.IsControl), Field + name, "must be one line");
    }

    /// <summary>Notes a country that is none.</summary>
    public static void CheckCountry(AddressRequest? address, Validation validation) => validation.Require(
        address?.Country is { } country && Countries.Has(country), Field + "country", "must be a country's two letters (ISO 3166-1)");

    /// <summary>The address that is kept; only after <see cref="Check"/> found nothing.</summary>
    public Address ToAddress() => new(
        Name!.Trim(), Line1!.Trim(), OrNull(Line2), City!.Trim(), OrNull(Region), PostalCode!.Trim(), Country!);

    private (string Name, string? Value)[] Texts =>
        [("name", Name), ("line1", Line1), ("line2", Line2), ("city", City), ("region", Region), ("postalCode", PostalCode)];

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
