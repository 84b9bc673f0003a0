using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Stoa.Kernel;

/// <summary>Opens the database before anything else starts: migrations under a lock, then the log's identity; closes it last.</summary>
internal sealed class Storage(Database database, EventLog log, Assembly assembly, Readiness readiness) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.Prepare([
            .. Migration.Of(typeof(Storage).Assembly, "kernel", database.Dialect),
            .. Migration.Of(assembly, "service", database.Dialect)], cancellationToken);
        await log.Start(database);
        readiness.StorageReady = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
