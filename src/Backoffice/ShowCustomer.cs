using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>One customer: the account, what they ordered, what staff did to it, and what can be done.</summary>
public static class ShowCustomer
{
    public static string Link(Guid id) => $"{Office.Path}/customers/{id}";

    public static Task<IResult> Handle(Guid id, string? done, PeopleApi people, OfficeApi api, CancellationToken stop) => Page(id, done, null, people, api, stop);

    /// <param name="done">"locked" or "unlocked".</param>
    /// <param name="refused">Why a form's wish was not done.</param>
    /// <param name="status">The refusal's.</param>
    public static async Task<IResult> Page(Guid id, string? done, Refusal? refused, PeopleApi people, OfficeApi api, CancellationToken stop, int status = 200)
    {
        var (customer, orders, changes, staff) = (people.Customer(id, stop), people.OrdersOf(id, stop), people.Changes(id, stop), api.Staff(stop));
        await Task.WhenAll(customer, orders, changes, staff);
        if ((await customer).Status is 404) return Show.NotFound();
        return Show.Page<CustomerPage>(new
        {
            Customer = (await customer).Needed("This customer"),
            Orders = (await orders).Value?.Items,
            History = ChangeLog.Of(await changes, await staff),
            Done = done,
            Refused = refused,
        }, status);
    }
}
