using Stoa.Contracts;

namespace Stoa.Storefront;

// What the shop reads from the public API: only what its pages show. Unknown fields are ignored.

/// <summary>A product as a card shows it, and with its description as its own page shows it.</summary>
public sealed record Product(
    string Slug, string Name, string? Summary, string? Description, string? Category, string? ImageUrl,
    Money PriceFrom, bool InStock, Variant[] Variants, ProductOption[]? Options, string[]? Images = null)
{
    /// <summary>The variant that the address names; else the first that can be bought.</summary>
    public Variant Choose(string? sku) =>
        Variants.FirstOrDefault(v => v.Sku == sku) ?? Variants.FirstOrDefault(v => v.InStock) ?? Variants[0];

    /// <summary>What there is to see beside the picture that stands large: pictures that choices show are seen by choosing.</summary>
    public string[] MorePictures(string? shown) =>
        [.. (Images ?? []).Except([shown, .. Variants.Select(variant => variant.ImageUrl)]).Where(url => LocalUrl.Picture(url) is not null).OfType<string>()];

    public bool HasPriceRange => Variants.Any(v => v.Price.Amount != PriceFrom.Amount);
}

public sealed record ProductOption(string Name, string[] Values);

public sealed record Variant(
    string Sku, string Name, Money Price, bool InStock, string? ImageUrl, Dictionary<string, string>? Options);

public sealed record Category(string Slug, string Name, int Products);

public sealed record Cart(Guid Id, CartLine[] Items, SetAside[]? NotForSale, Money Subtotal)
{
    public int Pieces => Items.Sum(line => line.Quantity);
}

/// <param name="PreviousUnitPrice">What one cost when the line was put, where that is another price than now.</param>
public sealed record CartLine(string Sku, string Slug, string Name, int Quantity, Money UnitPrice, Money LineTotal, Money? PreviousUnitPrice);

/// <summary>A line that left the catalogue since it was put into the cart; it is no part of the sum.</summary>
public sealed record SetAside(string Sku, string Name, int Quantity);

public sealed record Quote(OrderLine[] Items, Money Subtotal, Money Shipping, Money Tax, Money Total);

public sealed record User(Guid Id, string? Name, string? Email, bool EmailConfirmed);

/// <summary>An address of the shopper's book.</summary>
public sealed record SavedAddress(
    Guid Id, string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country, bool IsDefault);

/// <summary>An address as it is written into the book.</summary>
public sealed record NewAddress(
    string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, bool IsDefault)
{
    public static NewAddress Of(AddressForm form, bool isDefault)
    {
        var to = form.ToAddress();
        return new(to.Name, to.Line1, to.Line2, to.City, to.Region, to.PostalCode, to.Country, isDefault);
    }
}

/// <summary>A SKU and how many of it: what is put into carts and orders.</summary>
public sealed record SkuQuantity(string Sku, int Quantity);

/// <summary>An order to place: the lines with the totals that the shopper was shown.</summary>
public sealed record NewOrder(
    SkuQuantity[] Items, Money ShownTotal, Money ShownGrandTotal, Guid? CartId, string? Email, Address ShippingAddress);
