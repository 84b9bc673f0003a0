using Stoa.Kernel;

namespace Stoa.Farewell;

/// <summary>The other smallest service: one route, on port 8001 unless it is told another.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("farewell", args, seams);
        service.Host.Configuration["urls"] ??= "http://localhost:8001";
        var app = service.Build();
        app.MapGet("/farewell", () => "Goodbye from Farewell Service!");
        app.MapFallback("{*path}", () => Results.Text("404: Not Found", statusCode: 404));
        return app;
    }
}
