using System.Diagnostics;

namespace Stoa.Launcher;

/// <summary>Runs the .NET SDK's own program.</summary>
public static class DotNet
{
    /// <summary>The one that runs us; by name from PATH when we were started in another way.</summary>
    public static string Program { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>Runs it in a folder, telling each line that it says. Stopped, it takes its own children with it.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> Run(
        string folder, IEnumerable<string> arguments, Action<string> line, CancellationToken stop, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";   // we read what it says
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var ended = stop.Register(() => process.Kill(entireProcessTree: true));
        await Task.WhenAll(Read(process.StandardOutput, line), Read(process.StandardError, line));
        await process.WaitForExitAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static async Task Read(StreamReader from, Action<string> line)
    {
        while (await from.ReadLineAsync() is { } text)
        {
            lock (line) line(text);
        }
    }
}
