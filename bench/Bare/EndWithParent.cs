using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Stoa.Bare;

/// <summary>The parent holds the other end of our standard input; when it ends, so do we.</summary>
internal static class EndWithParent
{
    public static Task Run(WebApplication app)
    {
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.Read(new byte[64]) > 0)
            {
                // whatever is written there means nothing
            }

            app.Lifetime.StopApplication();
        })
        { IsBackground = true }.Start();
        return app.RunAsync();
    }
}
