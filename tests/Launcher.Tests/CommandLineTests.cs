using System.Diagnostics;
using System.Text.Json;

namespace Stoa.Launcher.Tests;

/// <summary>The real program: what it says and how it ends.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("up --fast", 2, "Unrecognized command or argument '--fast'.")]
    [InlineData("fly", 2, "Unrecognized command or argument 'fly'.")]
    [InlineData("up --port 70000", 2, "--port takes a number from 0 to 65535, and not \"70000\".")]
    [InlineData("up --port many", 2, "--port takes a number from 0 to 65535, and not \"many\".")]
    [InlineData("up --scale orders=3 --data DIR", 1, "Only one orders process can run")]
    [InlineData("up --listen moon --data DIR", 1, "--listen takes an address of this machine")]
    [InlineData("up --config no-such.json --data DIR", 1, "There is no file ")]
    [InlineData("import no-such.csv --data DIR", 1, "There is no file ")]
    [InlineData("export products.csv --data DIR", 1, "No store runs on ")]
    [InlineData("import", 2, "Required argument missing")]
    [InlineData("down --data DIR", 1, "No store runs on ")]
    [InlineData("order S-1 --data DIR", 1, "No store runs on ")]
    [InlineData("order S-1 send --data DIR", 2, "That is no such command. It is: order NUMBER")]
    [InlineData("order S-1 refund -5 --data DIR", 2, "That is no such command.")]
    [InlineData("order S-1 refund much --data DIR", 2, "That is no such command.")]
    [InlineData("reconcile --data DIR", 1, "No store runs on ")]
    [InlineData("logs --data DIR", 1, "There are no logs in ")]
    public async Task Refuses_with_a_sentence_and_an_exit_code(string line, int exitCode, string sentence)
    {
        var folder = Directory.CreateTempSubdirectory("stoa-cli-");
        var (code, _, errors) = await Run(line.Replace("DIR", folder.FullName, StringComparison.Ordinal));

        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }

    [Fact]
    public async Task Status_without_a_store_is_an_empty_array()
    {
        var (code, output, _) = await Run($"status --json --data {Path.Combine(Path.GetTempPath(), "stoa-nowhere")}");

        Assert.Equal("[]", output.Trim());
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Status_tells_of_each_process_what_it_says_itself()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();
        var (code, output, _) = await Run($"status --json --data {probes.Data.FullPath}");

        var processes = JsonSerializer.Deserialize<ProcessStatus[]>(output, JsonSerializerOptions.Web)!;
        Assert.Equal(store.Processes.Select(process => process.Plan.Name), processes.Select(process => process.Name));
        Assert.Equal(store.Processes.Select(process => process.Pid), processes.Select(process => process.Pid));
        Assert.All(processes, process => Assert.Equal(("ready", "9.9.9"), (process.State, process.Version)));
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Logs_prints_what_a_process_wrote()
    {
        await using var probes = new ProbeStore();
        var store = await probes.Start();
        var (code, output, _) = await Run($"logs orders --data {probes.Data.FullPath}");

        Assert.Equal($"serving {store["orders"].Plan.Url}", output.Trim());
        Assert.Equal(0, code);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> Run(string line)
    {
        var launcher = Repository.Find().Assembly("Launcher");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [launcher, .. line.Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ProbeStore.Stop), process.StandardError.ReadToEndAsync(ProbeStore.Stop));
        await process.WaitForExitAsync(ProbeStore.Stop);
        return (process.ExitCode, await output, await errors);
    }
}
