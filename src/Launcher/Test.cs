using System.Collections.Concurrent;
using System.Xml.Linq;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>Builds the solution once and runs every test project, those of services with data a second time on
/// PostgreSQL; says what failed, and counts what ran.</summary>
public static class Test
{
    /// <summary>What <c>--engine</c> takes.</summary>
    public static readonly string[] Engines = ["sqlite", "postgres"];

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <param name="filter">Which tests; null for all.</param>
    /// <param name="engine">One of <see cref="Engines"/>; null for both.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>0 when tests ran and none failed.</returns>
    public static async Task<int> Run(string? filter, string? engine, CancellationToken stop)
    {
        var repository = Repository.Find();
        if (!await Build.Everything(repository, stop))
        {
            Console.WriteLine("The build failed: no tests ran.");
            return Sum([new Outcome(0, 1, 0)]);
        }

        var projects = Projects(repository).ToList();
        var suites = engine == "postgres" ? [] : projects.ConvertAll(project => new Suite(project, HasData(repository, project) ? "sqlite" : null));
        var onPostgres = engine == "sqlite" ? [] : projects.Where(project => HasData(repository, project)).Select(project => new Suite(project, "postgres")).ToList();
        var outcomes = new List<Outcome>();
        if (onPostgres.Count > 0 && ThrowawayPostgres.Programs is null) outcomes.AddRange(onPostgres.Select(WithoutServer));
        else suites.AddRange(onPostgres);

        await using var server = suites.Exists(suite => suite.Engine == "postgres") ? await ThrowawayPostgres.Start(Ports.Free(1)[0], stop) : null;
        var results = Directory.CreateDirectory(Path.Combine(repository.Artifacts, "tests")).FullName;
        var (stores, others) = (new ConcurrentQueue<Suite>(suites.Where(suite => suite.StartsStores)), new ConcurrentQueue<Suite>(suites.Where(suite => !suite.StartsStores)));
        await Task.WhenAll(Work(takesStores: true), Work(takesStores: false));
        return Sum(outcomes);

        // Two suites at once, and never two whole stores: on two cores their pages and calls would wait for each other.
        async Task Work(bool takesStores)
        {
            while ((takesStores && stores.TryDequeue(out var suite)) || others.TryDequeue(out suite))
            {
                var outcome = await Run(repository, suite, filter, results, server, stop);
                lock (outcomes) outcomes.Add(outcome);
            }
        }
    }

    /// <summary>The projects of the solution that hold tests.</summary>
    private static IEnumerable<string> Projects(Repository repository) =>
        XDocument.Load(Path.Combine(repository.Root, "Stoa.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!)
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(project => File.Exists(Path.Combine(Path.GetDirectoryName(repository.Assembly(project))!, "xunit.v3.core.dll")));

    /// <summary>Whether what it tests keeps data, and so has to do it on both engines.</summary>
    private static bool HasData(Repository repository, string project) =>
        project.EndsWith(".Tests", StringComparison.Ordinal) && Directory.Exists(Path.Combine(repository.Root, "src", project[..^".Tests".Length], "Migrations"));

    /// <summary>A laptop without a server may go on; a machine that answers for a change may not.</summary>
    private static Outcome WithoutServer(Suite suite)
    {
        var inCi = Environment.GetEnvironmentVariable("CI") == "true";
        Console.WriteLine($"{suite}: {(inCi ? "FAILED" : "skipped")}, for no PostgreSQL server is installed (Debian: apt install postgresql)");
        return inCi ? new Outcome(0, 1, 0) : new Outcome(0, 0, 1);
    }

    private static async Task<Outcome> Run(
        Repository repository, Suite suite, string? filter, string results, ThrowawayPostgres? server, CancellationToken stop)
    {
        var trx = Path.Combine(results, suite.File + ".trx");
        File.Delete(trx);
        List<string> said = [];
        List<string> arguments = ["test", repository.Assembly(suite.Project), "--logger", $"trx;LogFileName={suite.File}.trx", "--results-directory", results];
        if (suite.Filter(filter) is { } chosen) arguments.AddRange(["--filter", chosen]);
        var environment = new Dictionary<string, string>();
        if (suite.Engine is { } engine) environment["STOA_TEST_ENGINE"] = engine;
        if (server is not null) environment["STOA_TEST_POSTGRES"] = server.ConnectionString;
        var exitCode = await DotNet.Run(repository.Root, arguments, said.Add, stop, environment);
        return Report(suite, trx, exitCode, said);
    }

    private static Outcome Report(Suite suite, string trx, int exitCode, List<string> said)
    {
        lock (Trx)
        {
            var tests = File.Exists(trx) ? XDocument.Load(trx).Descendants(Trx + "UnitTestResult").ToList() : [];
            var outcome = new Outcome(Count(tests, "Passed"), Count(tests, "Failed"), Count(tests, "NotExecuted"));
            Console.WriteLine($"{suite}: {outcome}");
            foreach (var failure in tests.Where(test => (string?)test.Attribute("outcome") == "Failed")) Print(failure);
            if (exitCode == 0 || outcome.Failed > 0) return outcome;

            Console.WriteLine($"{suite} ended with exit code {exitCode}:\n{string.Join('\n', said.TakeLast(40))}");
            return outcome with { Failed = 1 };
        }
    }

    private static int Count(List<XElement> tests, string outcome) => tests.Count(test => (string?)test.Attribute("outcome") == outcome);

    private static void Print(XElement failure)
    {
        var error = failure.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        Console.WriteLine($"  FAILED {(string?)failure.Attribute("testName")}");
        Console.WriteLine($"    {error?.Element(Trx + "Message")?.Value.ReplaceLineEndings("\n    ")}");
        Console.WriteLine($"    {error?.Element(Trx + "StackTrace")?.Value.ReplaceLineEndings("\n    ")}");
    }

    private static int Sum(IReadOnlyCollection<Outcome> outcomes)
    {
        var all = new Outcome(outcomes.Sum(one => one.Passed), outcomes.Sum(one => one.Failed), outcomes.Sum(one => one.Skipped));
        if (all is { Passed: 0, Failed: 0 }) Console.WriteLine("No test ran, which is a failure too.");
        Console.WriteLine(all);
        return all is { Passed: > 0, Failed: 0 } ? 0 : 1;
    }

    /// <summary>A test project, on an engine where it keeps data.</summary>
    private readonly record struct Suite(string Project, string? Engine)
    {
        /// <summary>Whether it starts the store's processes; what tests a part of it is named for that part.</summary>
        public bool StartsStores => !Project.EndsWith(".Tests", StringComparison.Ordinal);

        public string File => Engine is null ? Project : $"{Project}.{Engine}";

        /// <summary>What only PostgreSQL does is no test on SQLite.</summary>
        public string? Filter(string? chosen) =>
            Engine != "sqlite" ? chosen : chosen is null ? "engine!=postgres" : $"({chosen})&engine!=postgres";

        public override string ToString() => Engine is null ? Project : $"{Project} on {Engine}";
    }

    private readonly record struct Outcome(int Passed, int Failed, int Skipped)
    {
        public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
    }
}
