namespace Stoa.Launcher;

/// <summary>Builds the store and its measuring program, and runs that with the options it was given.</summary>
public static class Bench
{
    public static async Task<int> Run(IReadOnlyList<string> options, CancellationToken stop)
    {
        var repository = Repository.Find();
        string[] projects = [.. Topology.Processes.Select(process => process.ProjectFile), "bench/Bare/Bare.csproj", "bench/Bench/Bench.csproj", "bench/Micro/Micro.csproj"];
        await Build.Fresh(repository, Build.Bench, projects, _ => { }, stop);
        return await DotNet.Run(repository.Root, [repository.Assembly("Bench"), .. options], Console.WriteLine, stop);
    }
}
