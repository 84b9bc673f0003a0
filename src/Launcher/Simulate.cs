namespace Stoa.Launcher;

/// <summary>Builds the simulation (tests/Simulation) and runs it.</summary>
public static class Simulate
{
    private const string Project = "tests/Simulation/Simulation.csproj";

    /// <param name="options">As the program takes them, such as <c>--trace</c>.</param>
    /// <returns>0 when nothing was broken.</returns>
    public static async Task<int> Run(int seeds, int seed, IReadOnlyList<string> options, CancellationToken stop)
    {
        if (seeds < 1 || seed < 0) throw new CannotGoOnException("--seeds takes a number from 1, --seed one from 0.");
        var repository = Repository.Find();
        if (await DotNet.Run(repository.Root, ["build", Project, "-c", "Release", "-v", "quiet", "-nologo"], Console.WriteLine, stop) != 0) return 1;
        string[] arguments = [repository.Assembly("Simulation"), "--seeds", $"{seeds}", "--seed", $"{seed}", .. options];
        return await DotNet.Run(repository.Root, arguments, Console.WriteLine, stop);
    }
}
