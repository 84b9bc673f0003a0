using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>An address as a client sends it: what an order's address is, with whether it is the one to offer first.</summary>
public sealed record AddressRequest(
    string? Name, string? Line1, string? Line2, string? City, string? Region, string? PostalCode, string? Country, bool? IsDefault)
{
    /// <summary>What is wrong with it, in the bounds that Orders has too; which countries there are is Orders' to say, when
    /// something is sent there.</summary>
    public IResult? Check()
    {
        var check = new Validation()
            .Text("name", Name, 1, 100).Text("line1", Line1, 1, 200).Optional("line2", Line2, 200).Text("city", City, 1, 100)
            .Optional("region", Region, 100).Text("postalCode", PostalCode, 1, 20)
            .Require(Country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'], "country", "must be a country's two letters (ISO 3166-1)");
        foreach (var (name, value) in Texts) check.Require(value is null || !value.Any(char.IsControl), name, "must be one line");
        return check.Problem;
    }

    private (string Name, string? Value)[] Texts =>
        [("name", Name), ("line1", Line1), ("line2", Line2), ("city", City), ("region", Region), ("postalCode", PostalCode)];

    /// <summary>The address that is kept; only after <see cref="Check"/> found nothing.</summary>
    public SavedAddress ToAddress(Guid id) => new(
        id, Name!.Trim(), Line1!.Trim(), OrNull(Line2), City!.Trim(), OrNull(Region), PostalCode!.Trim(), Country!, IsDefault is true);

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
