using Stoa.Storefront.Pages;

namespace Stoa.Storefront;

/// <summary>Writes an address into the shopper's book, or one of it anew.</summary>
public static class EditAddress
{
    public static IResult New(Session session, ShopSettings settings) => session.IsSignedIn
        ? Show.Page<AddressPage>(new { To = AddressForm.Empty(session.Name, settings.HomeCountry) })
        : Show.Next(ShowAddresses.LogInFirst);

    public static async Task<IResult> Form(Guid id, ShopApi api, Session session, CancellationToken stop)
    {
        if (!session.IsSignedIn) return Show.Next(ShowAddresses.LogInFirst);
        var answer = await api.Address(id, stop);
        if (answer.Status is 404) return Show.NotFound();
        var saved = answer.Needed(Texts.PartAddressBook);
        return Show.Page<AddressPage>(new { Id = (Guid?)id, To = AddressForm.Of(saved), saved.IsDefault });
    }

    public static Task<IResult> Add(IFormCollection form, ShopApi api, Session session, CancellationToken stop) =>
        Save(null, form, session, address => api.AddAddress(address, stop));

    public static Task<IResult> Change(Guid id, IFormCollection form, ShopApi api, Session session, CancellationToken stop) =>
        Save(id, form, session, address => api.ReplaceAddress(id, address, stop));

    private static async Task<IResult> Save(Guid? id, IFormCollection form, Session session, Func<NewAddress, Task<ApiAnswer<SavedAddress>>> save)
    {
        if (!session.IsSignedIn) return Show.Next(ShowAddresses.LogInFirst);
        var (to, isDefault) = (AddressForm.Read(form), form.ContainsKey("default"));
        var errors = to.Missing();
        if (errors.Count > 0) return Again(errors, 422);
        var answer = await save(NewAddress.Of(to, isDefault));
        return answer switch
        {
            { Ok: true } => Show.Next("/account/addresses?saved=yes"),
            { Status: 404 } => Show.NotFound(),
            { Code: "too_many_addresses" } => Again(new() { ["name"] = Texts.TooManyAddresses }, 409),
            { Code: "validation" } => Again(Objections.Of(answer.Refusal, AddressForm.Labels), 422),
            _ => throw new PartDownException(Texts.PartAddressBook, answer.Status),
        };

        IResult Again(Dictionary<string, string> wrong, int status) =>
            Show.Page<AddressPage>(new { Id = id, To = to, IsDefault = isDefault, Errors = wrong }, status);
    }
}
