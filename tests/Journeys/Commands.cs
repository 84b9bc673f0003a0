using System.Diagnostics;
using System.Text.Json;
using Stoa.Kit;
using Stoa.Launcher;

namespace Stoa.Journeys;

/// <summary>The commands that people type, as the programs that they are.</summary>
public sealed class Commands(RunningStore store)
{
    [Fact]
    public async Task Demo_walks_the_purchase_in_the_seeds_words()
    {
        var (code, said) = await Stoa("demo", "--data", store.Data.FullPath);

        Assert.True(code == 0, said);
        string[] words =
        [
            "UserService.signup", "Login failed", "Login successful", "ProductService.list_products", "ProductService.get_product",
            "CartService.add_to_cart", "CartService.view_cart", "OrderService.place_order", "PaymentService.pay", "Payment failed",
            "Payment successful", "is paid",
        ];
        var places = words.Select(word => said.IndexOf(word, StringComparison.Ordinal)).ToList();
        Assert.All(words.Zip(places), word => Assert.True(word.Second >= 0, word.First));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Status_lists_every_process_ready()
    {
        var (code, said) = await Stoa("status", "--json", "--data", store.Data.FullPath);

        var processes = JsonSerializer.Deserialize<ProcessStatus[]>(said, JsonSerializerOptions.Web)!;
        Assert.Equal(Topology.Processes.Select(process => process.Name).Order(), processes.Select(process => process.Name).Order());
        Assert.All(processes, process => Assert.Equal("ready", process.State));
        Assert.Equal(store.Processes.Select(process => process.Pid), processes.Select(process => process.Pid));
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_second_up_on_the_folder_is_refused()
    {
        var (code, said) = await Stoa("up", "--port", "0", "--data", store.Data.FullPath);

        Assert.Contains("A store runs on", said, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(9)]
    public async Task Up_leaves_nothing_behind_when_it_ends(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var folder = Directory.CreateTempSubdirectory("stoa-up-");
        var data = new DataFolder(folder.FullName);
        using var up = Start("up", "--empty", "--port", "0", "--data", folder.FullName);
        while (await up.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("The shop", StringComparison.Ordinal))
            Assert.False(up.HasExited, line);
        var pids = RunFile.Read(data)!.Processes.Select(process => process.Pid!.Value).ToList();
        Assert.Equal(Topology.Processes.Count, pids.Count);

        using var kill = Process.Start("kill", [$"-{signal}", $"{up.Id}"]);
        await up.WaitForExitAsync();

        await Eventually.Is(() => Task.FromResult(!pids.Any(Runs)), "the end of every process");
        Assert.False(data.IsLocked());
        if (signal == 15) Assert.Equal(0, up.ExitCode);
        folder.Delete(recursive: true);
    }

    private static bool Runs(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(DotNet.Program, [Repository.Find().Assembly("Launcher"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    internal static async Task<(int ExitCode, string Said)> Stoa(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
