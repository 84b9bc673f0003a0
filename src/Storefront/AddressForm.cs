namespace Stoa.Storefront;

/// <summary>Where something goes, as it is typed.</summary>
public sealed record AddressForm(string Name, string Line1, string Line2, string City, string Region, string PostalCode, string Country)
{
    public static AddressForm Empty(string? name, string country) => new(name ?? "", "", "", "", "", "", country);

    public static AddressForm Of(SavedAddress saved) =>
        new(saved.Name, saved.Line1, saved.Line2 ?? "", saved.City, saved.Region ?? "", saved.PostalCode, saved.Country);

    public static AddressForm Read(IFormCollection form) => new(
        Text(form, "name"), Text(form, "line1"), Text(form, "line2"), Text(form, "city"), Text(form, "region"), Text(form, "postalCode"), Text(form, "country"));

    /// <summary>A field's name → what we can see to be missing, in a sentence; the API has the last word.</summary>
    public Dictionary<string, string> Missing()
    {
        var errors = new Dictionary<string, string>();
        if (Name.Length == 0) errors["name"] = Texts.NameNeeded;
        if (Line1.Length == 0) errors["line1"] = Texts.StreetNeeded;
        if (PostalCode.Length == 0) errors["postalCode"] = Texts.PostalCodeNeeded;
        if (City.Length == 0) errors["city"] = Texts.TownNeeded;
        if (Countries.Name(Country) is null) errors["country"] = Texts.CountryNeeded;
        return errors;
    }

    /// <summary>Nobody has typed a place yet.</summary>
    public bool IsBlank => Line1.Length == 0 && City.Length == 0 && PostalCode.Length == 0;

    public Address ToAddress() => new(Name, Line1, Given(Line2), City, Given(Region), Given(PostalCode), Country);

    /// <summary>What each field is called in the API's objections.</summary>
    public static Dictionary<string, string> Labels => new()
    {
        ["name"] = Texts.FieldName,
        ["line1"] = Texts.FieldStreet,
        ["line2"] = Texts.FieldSecondLine,
        ["city"] = Texts.FieldTown,
        ["region"] = Texts.FieldRegion,
        ["postalCode"] = Texts.FieldPostalCode,
        ["country"] = Texts.FieldCountry,
    };

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
