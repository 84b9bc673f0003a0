using Stoa.Launcher;
using Stoa.Supervision;

namespace Stoa.Bench.Limits;

/// <summary>Processes with nothing in them, on free ports, in a temporary folder.</summary>
internal sealed class BareProcesses : IAsyncDisposable
{
    private const int Workers = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-bare-");
    private readonly List<Supervised> _processes = [];

    private BareProcesses()
    {
    }

    /// <summary>Where to call.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>300 bytes of JSON, called directly.</summary>
    public static Task<BareProcesses> Endpoint() => Start(bare => bare.Url = bare.Add("endpoint", Ports.Free(1)[0]));

    /// <summary>The same behind one YARP hop, at <c>/0/</c>.</summary>
    public static Task<BareProcesses> Hop() => Start(bare =>
    {
        var ports = Ports.Free(2);
        var endpoint = bare.Add("endpoint", ports[0]);
        bare.Url = bare.Add("proxy", ports[1], ("To", endpoint.ToString()));
    });

    /// <summary>The skeleton of a store: a proxy before five services that commit and call each other.</summary>
    /// <param name="server">What they commit to; null for files.</param>
    public static Task<BareProcesses> Skeleton(string? server) => Start(bare =>
    {
        var ports = Ports.Free(Workers + 1);
        var urls = string.Join(',', ports[..Workers].Select(port => $"http://127.0.0.1:{port}"));
        for (var number = 0; number < Workers; number++)
            bare.Add("worker", ports[number], ("Number", $"{number}"), ("Others", urls), ("Database", server ?? Path.Combine(bare._folder.FullName, $"{number}.db")));
        bare.Url = bare.Add("proxy", ports[Workers], ("To", urls));
    });

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(process => process.Stop()));
        _folder.Delete(recursive: true);
    }

    private static async Task<BareProcesses> Start(Action<BareProcesses> describe)
    {
        var bare = new BareProcesses();
        describe(bare);
        foreach (var process in bare._processes) process.Start();
        foreach (var process in bare._processes)
        {
            if (await process.Settled(CancellationToken.None) is not ProcessState.Ready)
                throw new InvalidOperationException($"{process.Plan.Name} did not start: {process.Failure}\n{await File.ReadAllTextAsync(process.Plan.LogFile)}");
        }

        return bare;
    }

    private Uri Add(string mode, int port, params (string Name, string Value)[] settings)
    {
        var url = new Uri($"http://127.0.0.1:{port}");
        var name = $"bare-{_processes.Count}-{mode}";
        _processes.Add(new Supervised(new ProcessPlan(name, DotNet.Program, [Repository.Find().Assembly("Bare")], url, Path.Combine(_folder.FullName, name + ".log"))
        {
            Environment = settings.Append(("Mode", mode)).Append(("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")).ToDictionary(one => one.Item1, string? (one) => one.Item2),
        }));
        return url;
    }
}
