// A process small enough to be started, killed and disobedient a hundred times in a test run.
//   Probe [serve URL [WAY]]   answers /health/ready on URL, or where ASPNETCORE_URLS says. WAY (or PROBE_WAY):
//                             die: ends at once with exit code 7; mute: is never ready; stubborn: does not hear SIGTERM
//   Probe supervise URL       supervises another Probe on URL, and says when that one is ready

using System.Runtime.InteropServices;
using Stoa.Supervision;

var (role, url) = (args.ElementAtOrDefault(0), args.ElementAtOrDefault(1));
var way = args.ElementAtOrDefault(2) ?? Environment.GetEnvironmentVariable("PROBE_WAY");
if (role == "supervise") return await Supervise(new Uri(url!));
if (way == "die") return Say(7, "no such luck");

try
{
    return await Serve();
}
catch (IOException portTaken)
{
    return Say(1, portTaken.Message);
}


async Task<int> Serve()
{
    var builder = WebApplication.CreateSlimBuilder();
    if (url is not null) builder.WebHost.UseUrls(url);
    builder.Logging.ClearProviders();
    await using var app = builder.Build();
    app.MapGet("/health/ready", () => Results.Text("""{"status":"ready","version":"9.9.9"}""", "application/json", statusCode: way == "mute" ? 503 : 200));
    app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "(none)");

    using var deaf = way == "stubborn" ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true) : null;
    await app.StartAsync();
    Console.WriteLine($"serving {app.Urls.First()}/");

    // The end of standard input is the death of the parent. (Console reads block, whatever their names say.)
    var orphaned = Task.Run(Console.In.ReadToEnd);
    if (way == "stubborn") await orphaned;
    else await Task.WhenAny(orphaned, app.WaitForShutdownAsync());
    return 0;
}

static async Task<int> Supervise(Uri url)
{
    var plan = new ProcessPlan("child", Environment.ProcessPath!, ["serve", url.ToString()], url, Path.GetTempFileName());
    await using var child = new Supervised(plan);
    child.Start();
    Console.WriteLine($"{await child.Settled(default)} {child.Pid}");
    await Task.Delay(Timeout.Infinite);
    return 0;
}

static int Say(int exitCode, string words)
{
    Console.Error.WriteLine(words);
    return exitCode;
}
