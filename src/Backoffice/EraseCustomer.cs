using Stoa.Backoffice.Pages;

namespace Stoa.Backoffice;

/// <summary>Forgets a customer at their wish. It cannot be undone, so it is asked twice: on a page of its own, by typing the address.</summary>
public static class EraseCustomer
{
    private static readonly Refusal NotTheAddress = new("validation", "What was typed is not this customer's e-mail address.", null);

    public static async Task<IResult> Ask(Guid id, PeopleApi people, CancellationToken stop) => await Page(id, null, people, stop);

    public static async Task<IResult> Handle(Guid id, IFormCollection form, PeopleApi people, CancellationToken stop)
    {
        var customer = await people.Customer(id, stop);
        if (customer.Status is 404) return Show.NotFound();
        if (!string.Equals(form["email"].ToString().Trim(), customer.Needed("This customer").Email, StringComparison.OrdinalIgnoreCase)) return await Page(id, NotTheAddress, people, stop, 422);
        return await people.EraseCustomer(id, stop) switch
        {
            { Ok: true } or { Status: 404 } => Show.Next(Office.Path + "/customers?erased=yes"),
            ({ IsDown: true } or { Status: 401 }) and var down => throw new PartDownException("This customer", down.Status),
            var answer => await Page(id, answer.Refusal, people, stop, answer.Status),
        };
    }

    private static async Task<IResult> Page(Guid id, Refusal? refused, PeopleApi people, CancellationToken stop, int status = 200)
    {
        var customer = await people.Customer(id, stop);
        return customer.Status is 404 ? Show.NotFound() : Show.Page<EraseCustomerPage>(new { Customer = customer.Needed("This customer"), Refused = refused }, status);
    }
}
