using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stoa.Kernel;

/// <summary>Gives a service what all services have: settings, JSON logs with trace ids, telemetry, health, problems,
/// tokens, OpenAPI, request limits and a clean end.</summary>
public static class ServiceHost
{
    /// <summary>The largest body that a route takes unless it says otherwise.</summary>
    public const long MostBodyBytes = 256 * 1024;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);

    /// <summary>The version of everything in this build.</summary>
    public static string Version { get; } =
        typeof(ServiceHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Begins a service.</summary>
    /// <param name="name">Its name, lower case: in tokens, logs, addresses and events.</param>
    /// <param name="args">The command line's settings, <c>--Stoa:Currency=EUR</c>.</param>
    /// <param name="seams">Null in production.</param>
    public static ServiceBuilder Create(string name, string[] args, Seams? seams = null)
    {
        seams ??= new Seams();
        var host = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ApplicationName = name, ContentRootPath = AppContext.BaseDirectory });
        seams.Apply(host.Configuration);
        var options = new StoaOptions(name, host.Configuration);
        Log(host.Logging);
        host.Services.Configure<HostOptions>(end => end.ShutdownTimeout = LongestEnd);
        host.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        return new ServiceBuilder(host, options, seams);
    }

    /// <summary>Runs a service until it is told to stop, by a signal or (with <c>Stoa:StopWithParent</c>) by the end of its parent.</summary>
    /// <param name="build">Builds the application.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> Run(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            await using var app = build();
            if (app.Configuration.GetValue<bool>("Stoa:StopWithParent")) StopWithParent(app.Lifetime);
            await RunToItsEnd(app);
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnavailableException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"stoa: this service cannot start: {fault.Message} {fault.InnerException?.Message}");
            return 1;
        }
    }

    private static async Task RunToItsEnd(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return; // told to stop while still starting: that too is an ordinary end
        }
    }

    private static void Log(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.Configure(one => one.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Error);
        logging.AddFilter(typeof(BuyerAuthentication).FullName, LogLevel.Warning); // a missing token is no news
        logging.AddFilter(typeof(ServiceAuthentication).FullName, LogLevel.Warning);
    }

    /// <summary>The parent holds the other end of our standard input: its end is seen there, even after a kill.</summary>
    private static void StopWithParent(IHostApplicationLifetime life)
    {
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
                // whatever is written there means nothing
            }

            life.StopApplication();
        })
        { IsBackground = true, Name = "stoa parent watch" };
        watch.Start();
    }
}
