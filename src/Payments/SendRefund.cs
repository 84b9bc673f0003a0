using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>Takes a refund one step on; whoever calls holds its lease. The first sending is sent; every later step lists the
/// intent's refunds first and looks for ours by its id in the metadata. One that gives all of the payment back is not sent before
/// Orders has agreed (P13).</summary>
public sealed class SendRefund(Database database, OrdersClient orders, StripeClient stripe, SettleRefund settle, TimeProvider clock)
{
    /// <summary>An hour less than the day after which the provider may have forgotten the key.</summary>
    private static readonly TimeSpan KeyIsKnownFor = TimeSpan.FromHours(23);

    public async Task<Refund> Step(Refund claimed)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        if (claimed.ProviderRefundId is { } known) return await Apply(claimed, await stripe.ReadRefund(known));
        if (!await Agreed(claimed)) return await settle.NotYet(claimed);
        return claimed.IsFirstSending ? await Send(claimed) : await FindOrSend(claimed);
    }

    /// <summary>Orders decides refund against ship. Its agreement stands, so it is asked once.</summary>
    private async Task<bool> Agreed(Refund refund)
    {
        if (!refund.AsksOrders) return true;
        if (!await orders.HoldsForRefund(refund.OrderId, refund.Id)) return false;
        await database.Write(tx => tx.Execute("UPDATE refunds SET asks_orders = FALSE WHERE id = @Id", new { refund.Id }));
        return true;
    }

    private async Task<Refund> FindOrSend(Refund refund)
    {
        var (listed, found) = await Look(refund);
        if (found is not null) return await settle.Apply(refund, found);
        if (!listed) return await settle.NotYet(refund);
        return clock.GetUtcNow() - refund.CreatedAt < KeyIsKnownFor ? await Send(refund) : await settle.Escalate(refund);
    }

    private async Task<Refund> Send(Refund refund)
    {
        var answer = await stripe.CreateRefund(refund.Form, refund.ApiVersion, refund.Id);
        if (answer.Said is not (Said.Refused or Said.CardError or Said.BrokeForGood)) return await Apply(refund, answer);
        // A refusal frees the amount for another refund: believed only when the provider does not hold this one.
        var (listed, found) = await Look(refund);
        if (found is not null) return await settle.Apply(refund, found);
        if (!listed) return await settle.NotYet(refund);
        // The key brings the same error for a day, and under another key it might go out twice: a person must look.
        return answer.Said == Said.BrokeForGood ? await settle.Escalate(refund) : await settle.Refused(refund, answer.Code ?? "refused");
    }

    private Task<Refund> Apply(Refund refund, ProviderAnswer<ProviderRefund> answer) =>
        answer.Said == Said.Object ? settle.Apply(refund, answer.Value!) : settle.NotYet(refund);

    /// <returns>Whether all of the intent's refunds could be read, and ours among them.</returns>
    private async Task<(bool Listed, ProviderRefund? Found)> Look(Refund refund)
    {
        string? after = null;
        while (true)
        {
            var page = await stripe.ListRefunds(refund.IntentId, after);
            if (page.Said != Said.Object) return (false, null);
            if (page.Value!.Items.FirstOrDefault(one => one.OurId == refund.Id) is { } found) return (true, found);
            if (!page.Value.HasMore) return (true, null);
            after = page.Value.Items[^1].Id;
        }
    }
}
