using System.Diagnostics;
using System.Text;
using Stoa.Kit;

namespace Stoa.StripeSandbox.Tests;

/// <summary>Stripe's own client library (npm <c>stripe</c>, pinned by its lock file) against the sandbox: what it does stands in
/// OfficialClient/client.mjs. It needs Node 20 and, the first time, npm's registry; where one is missing it is skipped, but never in CI.</summary>
public sealed class OfficialClientTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "OfficialClient");

    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") == "true";

    [Fact]
    public async Task Stripes_own_client_works_against_the_sandbox()
    {
        if (!InCi && !(await Runs("node", "--version") && await Runs("npm", "--version"))) Assert.Skip("Node 20 and npm are not here");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")) && !await Runs("npm", "ci", "--no-audit", "--no-fund"))
        {
            Assert.False(InCi, "npm ci failed");
            Assert.Skip("npm's registry is not reachable");
        }

        await using var bank = await Bank.Start(settings: ("Stoa:Sandbox:SettlingSeconds", "0.2"));
        await bank.Paid();
        await Eventually.Is(() => Task.FromResult(bank.Webhooks.Received.Count > 0), "a webhook");
        var (signature, body) = bank.Webhooks.Received[0];
        var (code, said) = await Run("node", ["client.mjs"], new()
        {
            ["SANDBOX_URL"] = bank.Store.Url("sandbox"),
            ["SANDBOX_KEY"] = Bank.Key,
            ["WEBHOOK_SECRET"] = Bank.WebhookSecret,
        }, $"{signature}\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))}\n");
        Assert.True(code == 0, said);
        Assert.Equal(14, said.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    private static async Task<bool> Runs(string program, params string[] args)
    {
        try
        {
            return (await Run(program, args, [])).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Said)> Run(string program, string[] args, Dictionary<string, string> environment, string input = "")
    {
        // On Windows, npm is a script that only the shell starts.
        var start = OperatingSystem.IsWindows() && program == "npm" ? new ProcessStartInfo("cmd.exe", ["/c", program, .. args]) : new ProcessStartInfo(program, args);
        (start.WorkingDirectory, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (Folder, true, true, true);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await complained);
    }
}
