using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Stoa.Storefront;

/// <summary>
/// The few files that pages use. They lie beside the assembly, whatever the working directory; their addresses carry a
/// hash of their bytes, so browsers may keep them for good.
/// </summary>
public static class SiteFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
    private static readonly Dictionary<string, string> Addresses = Directory.GetFiles(Folder).ToDictionary(
        file => Path.GetFileName(file),
        file => $"/{Path.GetFileName(file)}?v={Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12]}");

    public static string Url(string file) => Addresses[file];

    public static void UseSiteFiles(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(Folder),
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600",
    });
}
