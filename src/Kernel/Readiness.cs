using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Stoa.Kernel;

/// <summary>Whether the service can do its work now: started, its database answering, not stopping.</summary>
internal sealed class Readiness(StoaOptions options, IHostApplicationLifetime life, IServiceProvider provider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public bool StorageReady { get; set; }

    /// <summary>What was found when somebody looked last.</summary>
    public bool Last { get; private set; }

    public async Task<bool> Look(CancellationToken stop)
    {
        var database = provider.GetService<Database>();
        return Last = life.ApplicationStarted.IsCancellationRequested && !life.ApplicationStopping.IsCancellationRequested
            && (database is null || (StorageReady && await Answers(database, stop)));
    }

    /// <summary>The same for whoever has more to tell than this: a database that is silent for a second is away.</summary>
    public async Task<bool> LookSoon(CancellationToken stop)
    {
        try
        {
            return await Look(stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            return Last = false;
        }
    }

    public async Task<IResult> Answer(CancellationToken stop)
    {
        var ready = await Look(stop);
        return Results.Json(new { status = ready ? "ready" : "not_ready", service = options.Service, version = ServiceHost.Version },
            Json.Options, statusCode: ready ? 200 : 503);
    }

    private static async Task<bool> Answers(Database database, CancellationToken stop)
    {
        try
        {
            await database.Ping(stop);
            return true;
        }
        catch (UnavailableException)
        {
            return false;
        }
    }
}
