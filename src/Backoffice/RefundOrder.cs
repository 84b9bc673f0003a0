using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Gives money back: a part, or all that is left where no amount is typed. A second click gives nothing twice: the
/// page's form has a key of its own.</summary>
public static class RefundOrder
{
    public static async Task<IResult> Handle(Guid id, IFormCollection form, OfficeApi api, Entropy entropy, StoaOptions options, CancellationToken stop)
    {
        var typed = form["amount"].ToString().Trim();
        Money? amount = Prices.Read(typed, options.Currency) is { } minor ? new Money(minor, options.Currency) : null;
        if ((typed.Length > 0 && amount is null) || !Guid.TryParse(form["payment"], out var payment))
            return await ShowOrder.Page(id, Wrong, api, entropy, stop, 422);
        var reason = form["reason"].ToString().Trim();
        var answer = await api.Refund(payment, amount, reason.Length > 0 ? reason : null, form["key"].ToString(), stop);
        return await ShowOrder.After(id, "refunded", answer, api, entropy, stop);
    }

    private static readonly ShowOrder.Outcome Wrong = new(Refused: new Refusal("validation", "The amount to give back is a number such as 12.50.", null));
}
