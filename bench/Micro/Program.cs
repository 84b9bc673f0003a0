using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;

// What Kernel does for each request, by itself. `./stoa bench --micro`, or with BenchmarkDotNet's own options behind it:
// `./stoa bench --micro --filter '*Commits*' --job short`.
// In this process: it is built and set up as the services are, which a project that BenchmarkDotNet generates would not be.
var artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "micro"));
var config = ManualConfig.CreateEmpty()
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.JoinSummary)
    .WithArtifactsPath(artifacts);
string[] options = ["--inProcess", .. args.Contains("--filter") ? args : ["--filter", "*", .. args]];
return BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(options, config).All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
