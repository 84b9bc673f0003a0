using System.Diagnostics;
using System.Globalization;

namespace Stoa.Faults;

/// <summary>A disk of its own under one service's data folder (a tmpfs), that can be filled to its last byte and freed again.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Puts a disk of this size under the folder.</summary>
    /// <returns>Null, with the reason, where this machine does not let us.</returns>
    public static SmallDisk? Mount(string folder, long bytes, out string refusal)
    {
        refusal = "";
        if (!OperatingSystem.IsLinux()) refusal = "only Linux has a tmpfs";
        else if (!Environment.IsPrivilegedProcess) refusal = "only root may mount a small disk";
        if (refusal.Length > 0) return null;

        Directory.CreateDirectory(folder);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={bytes},mode=700");
        if (Run("mount", "-t", "tmpfs", "-o", size, "stoa-faults", folder) == 0) return new SmallDisk(folder);
        refusal = "mounting a tmpfs was refused";
        return null;
    }

    /// <summary>No byte is left.</summary>
    public void Fill()
    {
        try
        {
            using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var nothing = new byte[Chunk]; ;) filler.Write(nothing);
        }
        catch (IOException)
        {
            // This is what was wanted: the disk is full.
        }
    }

    /// <summary>There is room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <inheritdoc/>
    public void Dispose() => _ = Run("umount", "--lazy", _folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
