using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stoa.Kernel;
using Stoa.Kit;

namespace Stoa.Micro;

/// <summary>A service with nothing of its own, on a SQLite file as services have one by default.</summary>
internal sealed class OneService : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-micro-");
    private readonly WebApplication _app;

    private OneService()
    {
        var service = ServiceHost.Create("micro", [], new Seams
        {
            LoopsRun = false,
            Settings = new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["Stoa:DataFolder"] = _folder.FullName,
                ["Logging:LogLevel:Default"] = "Warning",
            },
        });
        service.AddDatabase(Assembly.GetExecutingAssembly());
        service.UseOwnKeys((_, _) => Task.FromResult(Tokens.Jwks));
        _app = service.Build();
    }

    public Tokens Tokens { get; } = new(TimeProvider.System);

    public Database Database => Get<Database>();

    public static OneService Start()
    {
        var one = new OneService();
        one._app.StartAsync().GetAwaiter().GetResult(); // BenchmarkDotNet's set-up waits for no task
        return one;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Tokens.Dispose();
        _folder.Delete(recursive: true);
    }
}
