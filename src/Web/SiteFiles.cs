using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Stoa.Web;

/// <summary>
/// The few files that pages use. They lie beside the assembly, whatever the working directory; their addresses carry a
/// hash of their bytes, so browsers may keep them for good.
/// </summary>
/// <param name="under">The path below which the site stands; empty for the root.</param>
public sealed class SiteFiles(string under)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
    private readonly Dictionary<string, string> addresses = Directory.GetFiles(Folder).ToDictionary(
        file => Path.GetFileName(file),
        file => $"{under}/{Path.GetFileName(file)}?v={Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12]}");

    public string Url(string file) => addresses[file];

    public void UseWith(IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        RequestPath = under,
        FileProvider = new PhysicalFileProvider(Folder),
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600",
    });
}
