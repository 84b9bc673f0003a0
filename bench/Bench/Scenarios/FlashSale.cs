using System.Diagnostics;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>Everybody wants the same thing at once, and there is less of it than they want.</summary>
internal static class FlashSale
{
    private const string Sku = "THING-FLASH";

    /// <param name="units">On the shelf.</param>
    /// <returns>What came of the orders, accepted or refused, and how many were accepted.</returns>
    public static async Task<(Outcome Outcome, int Accepted)> Run(MeasuredStore store, int buyers, int units, int wanted, int round, CancellationToken stop)
    {
        var sku = $"{Sku}-{round}";
        await store.PutAlone($"flash-{round}", sku, stop);
        await store.Receive(sku, units, stop);
        var guests = new List<Buyer>();
        for (var number = 0; number < buyers; number++) guests.Add(new Buyer(store, 100_000 + round * 1000 + number));
        foreach (var guest in guests) await guest.BecomeGuest();

        var (accepted, left) = (0, wanted);
        var took = Stopwatch.StartNew();
        var all = await Task.WhenAll(guests.Select(guest => Task.Run(async () =>
        {
            var latencies = new Latencies();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var asked = Stopwatch.GetTimestamp();
                var reply = await guest.TryOrder([sku], cartId: null);
                if (reply.Status is not 409) reply.Expect(201, "flash order");
                if (reply.Status == 201) Interlocked.Increment(ref accepted);
                latencies.Add(Stopwatch.GetElapsedTime(asked));
            }

            return latencies;
        }, stop)));
        took.Stop();
        guests.ForEach(guest => guest.Dispose());
        if (accepted != Math.Min(units, wanted)) throw new UnexpectedReplyException($"{accepted} orders were accepted for {units} units");
        return (new Outcome(buyers, took.Elapsed.TotalSeconds, Latencies.Sum(all), 0, ""), accepted);
    }
}
