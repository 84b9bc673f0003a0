using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Stoa.Kernel;

/// <summary>Whether the service can do its work now: started, its database answering, not stopping.</summary>
internal sealed class Readiness(StoaOptions options, IHostApplicationLifetime life, IServiceProvider provider)
{
    public bool StorageReady { get; set; }

    public async Task<IResult> Answer(CancellationToken stop)
    {
        var database = provider.GetService<Database>();
        var ready = life.ApplicationStarted.IsCancellationRequested && !life.ApplicationStopping.IsCancellationRequested
            && (database is null || (StorageReady && await Answers(database, stop)));
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
