using System.CommandLine;
using Spectre.Console;
using Stoa.Bench;
using Stoa.Bench.Growth;
using Stoa.Launcher;

if (args is ["--micro", .. var theirs])
{
    var repository = Repository.Find();
    return await DotNet.Run(repository.Root, [repository.Assembly("Micro"), .. theirs], Console.WriteLine, CancellationToken.None);
}

var quick = new Option<bool>("--quick") { Description = "Short runs of the most telling scenarios: under two minutes." };
var only = new Option<string[]>("--only") { Description = "Only these scenarios.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured.", DefaultValueFactory = _ => 10 };
var warm = new Option<double>("--warm") { Description = "How many seconds each scenario runs before it is measured.", DefaultValueFactory = _ => 3 };
var shoppers = new Option<int[]>("--shoppers") { Description = "How many at once.", DefaultValueFactory = _ => [1, 8, 32, 128], AllowMultipleArgumentsPerToken = true };
var runs = new Option<int>("--runs") { Description = "How often everything is measured, each time on a fresh store; the median counts.", DefaultValueFactory = _ => 1 };
var postgres = new Option<bool>("--postgres") { Description = "On a PostgreSQL server of its own, with the durability that it comes with." };
var steady = new Option<double>("--steady") { Description = "How many seconds of purchases at half of the top rate, with memory and event lag over time.", DefaultValueFactory = _ => 0 };
var growth = new Option<bool>("--growth") { Description = "Instead: the same calls to a store of few rows and to one of many." };
var rows = new Option<long>("--rows") { Description = "With --growth: how many products and past orders are many.", DefaultValueFactory = _ => 1_000_000 };
var idle = new Option<bool>("--idle") { Description = "Instead: memory and CPU of a store that nobody visits, and how soon it is ready." };
var micro = new Option<bool>("--micro") { Description = "Instead, and first: what Kernel does per request, by BenchmarkDotNet, whose options may follow." };
var output = new Option<string?>("--out") { Description = "The folder for report.json and the charts.", HelpName = "DIR" };

var root = new RootCommand("Measures the shipped store, and what the machine could do with nothing in the way, in one run.")
    { quick, only, seconds, warm, shoppers, runs, postgres, steady, growth, rows, idle, micro, output };
root.SetAction((parsed, stop) =>
{
    var options = new BenchOptions(
        parsed.GetValue(only) ?? [], parsed.GetValue(shoppers)!, TimeSpan.FromSeconds(parsed.GetValue(warm)), TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        TimeSpan.FromSeconds(parsed.GetValue(steady)), parsed.GetValue(quick), Math.Max(1, parsed.GetValue(runs)), parsed.GetValue(postgres), parsed.GetValue(output));
    if (parsed.GetValue(idle)) return IdleRun.Run(options.Output, stop);
    return parsed.GetValue(growth) ? GrowthRun.Run(options, parsed.GetValue(rows), few: 1_000, stop) : BenchRun.Run(options, stop);
});
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 200);
return await root.Parse(args).InvokeAsync();
