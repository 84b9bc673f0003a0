using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Stoa.Bare;

/// <summary>The least that an HTTP server of this framework does: 300 bytes of JSON that are there already.</summary>
internal static class SmallJson
{
    private const int Bytes = 300;
    private static readonly byte[] Body = Encoding.ASCII.GetBytes($$"""{"text":"{{new string('x', Bytes - 11)}}"}""");

    public static void Map(WebApplication app) => app.MapGet("/{**any}", async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body);
    });
}
