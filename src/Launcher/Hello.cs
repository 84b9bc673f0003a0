using System.Net;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>Starts both samples, lets their client call both, prints both answers, stops them.</summary>
public static class Hello
{
    private static readonly (string Project, int Port)[] Samples = [("Greeting", 8000), ("Farewell", 8001)];

    public static async Task<int> Run(CancellationToken stop)
    {
        var repository = Repository.Find();
        foreach (var (project, port) in Samples)
        {
            if (!Ports.IsFree(IPAddress.Loopback, port)) throw new CannotGoOnException($"{project} needs port {port}, which is taken by another program.");
        }
        await Build.Fresh(repository, Build.Hello, [.. Samples.Select(sample => sample.Project).Append("Client").Select(project => $"samples/hello/{project}/{project}.csproj")], _ => { }, stop);

        var folder = Directory.CreateTempSubdirectory("stoa-hello-");
        var running = Samples.Select(sample => new Supervised(Plan(repository, folder, sample.Project, sample.Port))).ToList();
        try
        {
            running.ForEach(sample => sample.Start());
            foreach (var sample in running)
            {
                if (await sample.Settled(stop) is not ProcessState.Ready)
                    throw new CannotGoOnException($"{sample.Plan.Name} did not start: {sample.Failure}.\n{await File.ReadAllTextAsync(sample.Plan.LogFile, stop)}");
            }
            return await DotNet.Run(folder.FullName, [repository.Assembly("Client")], Console.WriteLine, stop);
        }
        finally
        {
            await Task.WhenAll(running.Select(process => process.Stop()));
            folder.Delete(recursive: true);
        }
    }

    private static ProcessPlan Plan(Repository repository, DirectoryInfo folder, string project, int port)
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        return new ProcessPlan(project, DotNet.Program, [repository.Assembly(project)], url, Path.Combine(folder.FullName, project + ".log"))
        {
            Environment = new Dictionary<string, string?>
            {
                ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
                ["Stoa__DataFolder"] = Path.Combine(folder.FullName, project),
                ["Stoa__ServiceKeyFile"] = Path.Combine(folder.FullName, project + ".pem"),
                ["Stoa__StopWithParent"] = "true",
            },
        };
    }
}
