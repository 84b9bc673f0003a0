using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stoa.Bare;

/// <summary>One service of the skeleton, a store with nothing in it. A purchase there is four calls through a proxy; each
/// commits a row and calls two other services, of which six in all commit a row too: 4 proxied calls, 8 internal calls and
/// 10 one-row grouped commits.</summary>
internal static class Worker
{
    public static void Add(WebApplicationBuilder host)
    {
        host.Services.AddSingleton(Open(host.Configuration)); // before the first call: opened by many at once, its waits take all threads
        host.Services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { UseProxy = false }));
    }

    public static void Map(WebApplication app)
    {
        var others = app.Configuration["Others"]!.Split(',');
        var number = app.Configuration.GetValue<int>("Number");

        app.MapPost("/{proxy}/step/{step:int}", async (int step, ICommits commits, HttpClient http, HttpContext context) =>
        {
            await commits.Add();
            await Call(http, others[(number + 1) % others.Length], commits: true);
            await Call(http, others[(number + 2) % others.Length], commits: step < 2);
            await context.Response.WriteAsJsonAsync(new { step });
        });
        app.MapPost("/inner/{commit:bool}", async (bool commit, ICommits commits, HttpContext context) =>
        {
            if (commit) await commits.Add();
            await context.Response.WriteAsJsonAsync(new { commit });
        });
    }

    /// <summary>A file's path, or what PostgreSQL is reached by: there each worker has a table of its own.</summary>
    private static ICommits Open(IConfiguration settings) => settings["Database"]!.Contains("Host=", StringComparison.Ordinal)
        ? new PostgresCommits(settings["Database"]!, "rows_" + settings["Number"], most: 32)
        : new GroupedCommits(settings["Database"]!, grouped: true);

    private static async Task Call(HttpClient http, string other, bool commits)
    {
        using var answer = await http.PostAsync(new Uri($"{other}/inner/{(commits ? "true" : "false")}"), null);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }
}
