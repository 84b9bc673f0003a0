using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stoa.Contracts;

namespace Stoa.Audit;

/// <summary>Reads a store's facts from its services, a page of each at a time, and puts together what belongs to one order.
/// A snapshot of each service, not of the store: what is on its way between two of them looks wrong until it has arrived.</summary>
/// <param name="get">Asks a service for a path under <c>/internal/audit/</c>; null where the store has no such service.</param>
/// <param name="journal">What shoppers were told, in the order of the ids.</param>
public sealed class StoreReader(Func<string, string, CancellationToken, Task<Stream?>> get, IReadOnlyList<(string OrderId, Acknowledged Told)> journal)
{
    private static readonly string[] WithLogs = ["users", "products", "inventory", "carts", "orders", "payments", "notifications"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>One pass over everything.</summary>
    public async Task<Reading> Read(CancellationToken stop)
    {
        var reading = new Reading();
        await foreach (var purchase in Purchases(stop)) reading.Add(purchase);
        await ReadRest(reading, stop);
        return reading;
    }

    /// <summary>What a pass reads beside the purchases: stock and logs.</summary>
    public async Task ReadRest(Reading reading, CancellationToken stop)
    {
        await foreach (var stock in Pages<StockFacts>("inventory", "stock", stop)) reading.Add(stock);
        var logs = new List<LogFacts>();
        foreach (var service in WithLogs)
            if (await Get<LogFacts>(service, "log", stop) is { } log) logs.Add(log);
        reading.Add(logs);
    }

    /// <summary>Every order, put together. The streams come in the order of the orders' ids, so one walk along all of them meets each once.</summary>
    public async IAsyncEnumerable<Purchase> Purchases([EnumeratorCancellation] CancellationToken stop)
    {
        await using var orders = await Walk<OrderFacts>.Begin(Pages<OrderFacts>("orders", "orders", stop), one => one.OrderId.ToString());
        await using var payments = await Walk<PaymentFacts>.Begin(Pages<PaymentFacts>("payments", "payments", stop), one => one.OrderId.ToString());
        await using var reservations = await Walk<ReservationFacts>.Begin(Pages<ReservationFacts>("inventory", "reservations", stop), one => one.OrderId.ToString());
        await using var bank = await Walk<BankFacts>.Begin(Pages<BankFacts>("sandbox", "charges", stop), one => one.Order);
        await using var taken = await Walk<TakenFacts>.Begin(Pages<TakenFacts>("carts", "taken", stop), one => one.OrderId.ToString());
        await using var messages = await Walk<MessageFacts>.Begin(Pages<MessageFacts>("notifications", "messages", stop), one => one.OrderId.ToString());
        await using var told = await Walk<(string OrderId, Acknowledged Told)>.Begin(journal.ToAsyncEnumerable(), one => one.OrderId);
        var bankWasRead = await Get<AuditPage<BankFacts>>("sandbox", "charges", stop) is not null;
        IWalk[] all = [orders, payments, reservations, bank, taken, messages, told];
        while (all.Select(walk => walk.Key).OfType<string>().Min(StringComparer.Ordinal) is { } id)
        {
            yield return new Purchase(id)
            {
                Order = (await orders.Take(id)).FirstOrDefault(),
                Payment = (await payments.Take(id)).FirstOrDefault(),
                Reservation = (await reservations.Take(id)).FirstOrDefault(),
                Bank = (await bank.Take(id)).FirstOrDefault(),
                BankWasRead = bankWasRead,
                Taken = (await taken.Take(id)).Count,
                Messages = await messages.Take(id),
                Acknowledged = (await told.Take(id)).Select(one => one.Told).FirstOrDefault(),
            };
        }
    }

    private async IAsyncEnumerable<T> Pages<T>(string service, string path, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var after = ""; ;)
        {
            if (await Get<AuditPage<T>>(service, path + after, stop) is not { } page) yield break;
            foreach (var item in page.Items) yield return item;
            if (page.Next is null) yield break;
            after = "?after=" + Uri.EscapeDataString(page.Next);
        }
    }

    private async Task<T?> Get<T>(string service, string path, CancellationToken stop) where T : class
    {
        await using var body = await get(service, path, stop);
        return body is null ? null : await JsonSerializer.DeserializeAsync<T>(body, Json, stop) ?? throw new JsonException($"{service} says nothing of {path}");
    }

    private interface IWalk
    {
        /// <summary>The key of what comes next; null at the end.</summary>
        string? Key { get; }
    }

    private sealed class Walk<T> : IWalk, IAsyncDisposable
    {
        private readonly IAsyncEnumerator<T> _items;
        private readonly Func<T, string> _key;

        private Walk(IAsyncEnumerator<T> items, Func<T, string> key) => (_items, _key) = (items, key);

        public string? Key { get; private set; }

        public static async Task<Walk<T>> Begin(IAsyncEnumerable<T> items, Func<T, string> key)
        {
            var walk = new Walk<T>(items.GetAsyncEnumerator(), key);
            await walk.Step();
            return walk;
        }

        public async Task<List<T>> Take(string key)
        {
            var taken = new List<T>();
            while (Key == key)
            {
                taken.Add(_items.Current);
                await Step();
            }

            return taken;
        }

        public ValueTask DisposeAsync() => _items.DisposeAsync();

        private async Task Step() => Key = await _items.MoveNextAsync() ? _key(_items.Current) : null;
    }
}
