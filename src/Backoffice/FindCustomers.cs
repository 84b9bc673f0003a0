using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Shoppers with an account, by e-mail address or a part of their name. An address leads straight to its owner.</summary>
public static class FindCustomers
{
    public static async Task<IResult> Handle(string? q, string? cursor, string? erased, PeopleApi api, CancellationToken stop)
    {
        var text = (q ?? "").Trim();
        var answer = await api.Customers(text, cursor, stop);
        if (answer is { Code: "validation" or "malformed" }) return Show.Page<CustomersPage>(new { Text = text, Found = new ListPage<Account>([], null) }, answer.Status);
        var found = answer.Needed("The list of customers");
        return text.Contains('@', StringComparison.Ordinal) && found.Items is [var only]
            ? Show.Next(ShowCustomer.Link(only.Id))
            : Show.Page<CustomersPage>(new { Text = text, Found = found, Cursor = cursor, Erased = erased is not null });
    }
}
