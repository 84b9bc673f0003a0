using Microsoft.AspNetCore.Builder;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>The one public door: it routes, checks tokens, limits clients, spreads load over replicas, keeps product
/// reads for a moment, and answers for services that are away. It holds no data.</summary>
public static class Program
{
    /// <summary>Runs the gateway.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The gateway's table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("gateway", args, seams);
        service.Host.WebHost.UseKestrelHttpsConfiguration(); // TLS by the framework's Kestrel:Certificates settings
        service.Services.AddReverseProxy().LoadFromMemory(RouteTable.Routes(service.Options), RouteTable.Clusters(service.Options));
        service.Services.AddSingleton<ProductCache>();
        service.Services.AddSingleton<ClientLimits>();
        service.Services.AddSingleton<ApiDocument>();
        service.Services.AddSingleton<AskProcesses>().AddSingleton<Supervisor>();
        service.AddLoop<WatchHealth>();
        service.AddLoop<ConfirmProducts>();

        var app = service.Build();
        app.UseMiddleware<Door>();
        app.UseMiddleware<ClientLimits.Middleware>();
        app.UseMiddleware<ProductCache.Middleware>();
        app.UseMiddleware<TokenCheck>();
        app.MapGet("/health", ShowHealth.Handle).ExcludeFromDescription();
        app.MapGet("/api/operations", ShowOperations.Handle).ForStaff().ExcludeFromDescription();
        app.MapGet("/api/openapi.json", ApiDocument.Handle).ExcludeFromDescription();
        app.UseSwaggerUI(docs =>
        {
            docs.RoutePrefix = "docs";
            docs.DocumentTitle = "Stoa: the public API";
            docs.SwaggerEndpoint("/api/openapi.json", "Stoa");
        });
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ProxyFailure>();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        }).ConfigureEndpoints((endpoint, route) =>
        {
            if (RouteTable.KeepsOwnTime(route)) endpoint.KeepsOwnTime();
        });
        return app;
    }
}
