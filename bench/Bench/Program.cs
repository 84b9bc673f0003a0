using System.CommandLine;
using Spectre.Console;
using Stoa.Bench;

var quick = new Option<bool>("--quick") { Description = "Short runs of the most telling scenarios: under two minutes." };
var only = new Option<string[]>("--only") { Description = "Only these scenarios.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured.", DefaultValueFactory = _ => 10 };
var warm = new Option<double>("--warm") { Description = "How many seconds each scenario runs before it is measured.", DefaultValueFactory = _ => 3 };
var shoppers = new Option<int[]>("--shoppers") { Description = "How many at once.", DefaultValueFactory = _ => [1, 8, 32, 128], AllowMultipleArgumentsPerToken = true };
var steady = new Option<double>("--steady") { Description = "How many seconds of purchases at half of the top rate, with memory and event lag over time.", DefaultValueFactory = _ => 0 };
var output = new Option<string?>("--out") { Description = "The folder for report.json and the charts.", HelpName = "DIR" };

var root = new RootCommand("Measures the shipped store, and what the machine could do with nothing in the way, in one run.") { quick, only, seconds, warm, shoppers, steady, output };
root.SetAction((parsed, stop) => BenchRun.Run(new BenchOptions(
    parsed.GetValue(only) ?? [], parsed.GetValue(shoppers)!, TimeSpan.FromSeconds(parsed.GetValue(warm)), TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(steady)), parsed.GetValue(quick), parsed.GetValue(output)), stop));
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
return await root.Parse(args).InvokeAsync();
