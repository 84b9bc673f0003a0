using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stoa.Launcher;

/// <summary>Tells in milliseconds whether anything that a build reads has changed since the last one.</summary>
public static class Fingerprint
{
    private static readonly string[] Folders = ["src", "samples"];

    // What runs the others is not among what it runs.
    private static readonly string[] OurOwn = [Path.Combine("src", "Launcher") + Path.DirectorySeparatorChar, Path.Combine("src", "Supervision") + Path.DirectorySeparatorChar];

    /// <summary>A hash over path, length and time of every file that goes into what runs.</summary>
    /// <param name="driver">The folder of a program that runs a store itself, as bench does: it is built too, and of us.</param>
    public static string Of(string root, string? driver = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Inputs(root, driver).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, file.FullName);
            hash.AppendData(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{name}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}\n")));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<FileInfo> Inputs(string root, string? driver)
    {
        var top = new DirectoryInfo(root);
        return Folders.Concat(driver is null ? [] : [driver]).Select(folder => new DirectoryInfo(Path.Combine(root, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories))
            .Where(file => driver is not null || !OurOwn.Any(own => Path.GetRelativePath(root, file.FullName).StartsWith(own, StringComparison.Ordinal)))
            .Concat(top.EnumerateFiles("*.props"))
            .Concat(top.EnumerateFiles("*.targets"))
            .Concat(top.EnumerateFiles("global.json"))
            .Concat(top.EnumerateFiles("BannedSymbols.txt"));
    }
}
