using System.Diagnostics;
using System.Text.Json;

namespace Stoa.Notifications.Tests;

/// <summary>The Standard Webhooks project's own library (npm <c>standardwebhooks</c>, pinned by its lock file) verifies what we
/// send: what it does stands in OfficialVerifier/verify.mjs. It needs Node 20 and, the first time, npm's registry; where one is
/// missing it is skipped, but never in CI.</summary>
public sealed class OfficialVerifierTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "OfficialVerifier");

    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") == "true";

    [Fact]
    public async Task The_official_library_takes_what_we_signed_and_nothing_else()
    {
        if (!InCi && !(await Runs("node", "--version") && await Runs("npm", "--version"))) Assert.Skip("Node 20 and npm are not here");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")) && !await Runs("npm", "ci", "--no-audit", "--no-fund"))
        {
            Assert.False(InCi, "npm ci failed");
            Assert.Skip("npm's registry is not reachable");
        }

        await using var desk = await HookDesk.Open();
        desk.Clock.Advance(TimeProvider.System.GetUtcNow() - desk.Clock.GetUtcNow()); // the library looks at the real clock
        await using var hook = await desk.Register();
        var secret = (await desk.Staff.Post(hook.Url + "/secret", new { })).Json.GetProperty("secret").GetString();
        await desk.OrderPaid();
        await desk.Send();
        var got = Assert.Single(hook.Received);
        var (code, said) = await Run("node", ["verify.mjs"], JsonSerializer.Serialize(new
        {
            secret,
            previous = hook.Secret,
            other = WebhookSignature.Write(new byte[32]),
            headers = got.Headers.ToDictionary(one => one.Key.ToLowerInvariant(), one => one.Value),
            body = got.Body,
        }));
        Assert.True(code == 0, said);
        Assert.Equal("ok", said.Trim());
    }

    private static async Task<bool> Runs(string program, params string[] args)
    {
        try
        {
            return (await Run(program, args)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Said)> Run(string program, string[] args, string input = "")
    {
        // On Windows, npm is a script that only the shell starts.
        var start = OperatingSystem.IsWindows() && program == "npm" ? new ProcessStartInfo("cmd.exe", ["/c", program, .. args]) : new ProcessStartInfo(program, args);
        (start.WorkingDirectory, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (Folder, true, true, true);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}
