using System.Xml.Linq;

namespace Stoa.Launcher;

/// <summary>Builds the solution once and runs every test project; says what failed, and counts what ran.</summary>
public static class Test
{
    private const int AtOnce = 2;
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <returns>0 when tests ran and none failed.</returns>
    public static async Task<int> Run(string? filter, CancellationToken stop)
    {
        var repository = Repository.Find();
        if (!await Build.Everything(repository, stop))
        {
            Console.WriteLine("The build failed: no tests ran.");
            return Sum([new Outcome(0, 1, 0)]);
        }
        var results = Directory.CreateDirectory(Path.Combine(repository.Artifacts, "tests")).FullName;
        var outcomes = new List<Outcome>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(Projects(repository), parallel, async (project, ct) =>
        {
            var outcome = await Run(repository, project, filter, results, ct);
            lock (outcomes) outcomes.Add(outcome);
        });
        return Sum(outcomes);
    }

    /// <summary>The projects of the solution that hold tests, the long-running first.</summary>
    private static IEnumerable<string> Projects(Repository repository) =>
        XDocument.Load(Path.Combine(repository.Root, "Stoa.slnx")).Descendants("Project")
            .Select(project => (string)project.Attribute("Path")!)
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(project => File.Exists(Path.Combine(Path.GetDirectoryName(repository.Assembly(project))!, "xunit.v3.core.dll")))
            .OrderBy(project => project.EndsWith(".Tests", StringComparison.Ordinal));

    private static async Task<Outcome> Run(Repository repository, string project, string? filter, string results, CancellationToken stop)
    {
        var trx = Path.Combine(results, project + ".trx");
        File.Delete(trx);
        List<string> said = [];
        List<string> arguments = ["test", repository.Assembly(project), "--logger", $"trx;LogFileName={project}.trx", "--results-directory", results];
        if (filter is not null) arguments.AddRange(["--filter", filter]);
        var exitCode = await DotNet.Run(repository.Root, arguments, said.Add, stop);
        return Report(project, trx, exitCode, said);
    }

    private static Outcome Report(string project, string trx, int exitCode, List<string> said)
    {
        lock (Trx)
        {
            var tests = File.Exists(trx) ? XDocument.Load(trx).Descendants(Trx + "UnitTestResult").ToList() : [];
            var outcome = new Outcome(Count(tests, "Passed"), Count(tests, "Failed"), Count(tests, "NotExecuted"));
            Console.WriteLine($"{project}: {outcome}");
            foreach (var failure in tests.Where(test => (string?)test.Attribute("outcome") == "Failed")) Print(failure);
            if (exitCode == 0 || outcome.Failed > 0) return outcome;

            Console.WriteLine($"{project} ended with exit code {exitCode}:\n{string.Join('\n', said.TakeLast(40))}");
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

    private readonly record struct Outcome(int Passed, int Failed, int Skipped)
    {
        public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
    }
}
