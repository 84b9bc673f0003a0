using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Micro;

/// <summary>What a reader of this service's log is answered, to the last byte of JSON: a page of 500 events, and the one event
/// that a poll usually finds.</summary>
public class Feeds
{
    private OneService _service = null!;
    private EventLog _log = null!;
    private ServiceProvider _plain = null!;

    /// <summary>Starts a service with a log of one page.</summary>
    [GlobalSetup]
    public void Start()
    {
        _service = OneService.Start();
        _log = _service.Get<EventLog>();
        _plain = new ServiceCollection().AddLogging().BuildServiceProvider();
        var entropy = _service.Get<Entropy>();
        _service.Database.Write(tx =>
        {
            for (var number = 0; number < EventLog.MostInAPage; number++)
                tx.Append(new ProductChanged(entropy.NewId(), 1, $"thing-{number}", [new VariantForSale($"THING-{number}", $"Thing {number}", new Money(1999, "USD"))]));
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public void End()
    {
        _service.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _plain.Dispose();
    }

    /// <summary>The last event alone.</summary>
    [Benchmark]
    public Task OneEvent() => Read(after: EventLog.MostInAPage - 1);

    /// <summary>Each of a whole page.</summary>
    [Benchmark(OperationsPerInvoke = EventLog.MostInAPage)]
    public Task AnEventOfAPage() => Read(after: 0);

    private async Task Read(long after)
    {
        var answer = await _log.Feed(_service.Database, after, null, null, wait: 0, CancellationToken.None);
        await answer.ExecuteAsync(new DefaultHttpContext { RequestServices = _plain, Response = { Body = Stream.Null } });
    }
}
