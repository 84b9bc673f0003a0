using Stoa.Kernel;

namespace Stoa.Greeting;

/// <summary>The smallest service: one route, on port 8000 unless it is told another.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("greeting", args, seams);
        service.Host.Configuration["urls"] ??= "http://localhost:8000";
        var app = service.Build();
        app.MapGet("/greet", () => "Hello from Greeting Service!");
        app.MapFallback("{*path}", () => Results.Text("404: Not Found", statusCode: 404));
        return app;
    }
}
