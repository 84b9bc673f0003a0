using System.Diagnostics;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>Everybody wants the same thing at once, and there is less of it than they want.</summary>
internal static class FlashSale
{
    private const string Sku = "THING-FLASH";

    /// <param name="units">On the shelf.</param>
    /// <returns>Orders accepted and refused, and how many were decided a second.</returns>
    public static async Task<(int Accepted, int Refused, double PerSecond)> Run(MeasuredStore store, int buyers, int units, int wanted, int round, CancellationToken stop)
    {
        var sku = $"{Sku}-{round}";
        await store.PutAlone($"flash-{round}", sku, stop);
        await store.Receive(sku, units, stop);
        var guests = new List<Buyer>();
        for (var number = 0; number < buyers; number++) guests.Add(new Buyer(store, 100_000 + round * 1000 + number));
        foreach (var guest in guests) await guest.BecomeGuest();

        var (accepted, refused, left) = (0, 0, wanted);
        var took = Stopwatch.StartNew();
        await Task.WhenAll(guests.Select(guest => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var reply = await guest.TryOrder([sku], cartId: null);
                if (reply.Status == 201) Interlocked.Increment(ref accepted);
                else Interlocked.Increment(ref refused);
                if (reply.Status is not (201 or 409)) reply.Expect(201, "flash order");
            }
        }, stop)));
        took.Stop();
        guests.ForEach(guest => guest.Dispose());
        if (accepted != Math.Min(units, wanted)) throw new UnexpectedReplyException($"{accepted} orders were accepted for {units} units");
        return (accepted, refused, wanted / took.Elapsed.TotalSeconds);
    }
}
