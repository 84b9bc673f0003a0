using System.Diagnostics;
using System.Runtime.Versioning;

namespace Stoa.Launcher.Tests;

/// <summary>The thin script, before there is a Launcher: on a machine without the SDK, or with an old one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _machine = Directory.CreateTempSubdirectory("stoa-script-");

    public ScriptTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "A script for the shell of Unix.");

    [Fact]
    public async Task Says_that_the_SDK_is_missing()
    {
        var (code, errors) = await Run();

        Assert.StartsWith("Stoa needs the .NET 10 SDK, and there is no dotnet on the PATH.", errors, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Says_that_the_SDK_is_too_old()
    {
        Program("dotnet", "if [ \"$1\" = --list-sdks ]; then echo '9.0.306 [/usr/share/dotnet/sdk]'; else exit 155; fi");
        var (code, errors) = await Run();

        Assert.Equal("Stoa needs the .NET SDK 10.0.100 or newer (10.x); there is: 9.0.306.\n", errors);
        Assert.Equal(1, code);
    }

    public void Dispose() => _machine.Delete(recursive: true);

    private async Task<(int ExitCode, string Errors)> Run()
    {
        var script = Path.Combine(_machine.FullName, "stoa");
        File.Copy(Path.Combine(Repository.Find().Root, "stoa"), script, overwrite: true);
        foreach (var tool in new[] { "dirname", "readlink", "find", "cut", "paste" })
            Program(tool, $"exec {Path.Combine(File.Exists($"/usr/bin/{tool}") ? "/usr/bin" : "/bin", tool)} \"$@\"");

        var start = new ProcessStartInfo("/bin/bash", [script, "up"]) { RedirectStandardError = true };
        start.Environment["PATH"] = _machine.FullName;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors);
    }

    private void Program(string name, string does)
    {
        var path = Path.Combine(_machine.FullName, name);
        File.WriteAllText(path, $"#!/bin/bash\n{does}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
