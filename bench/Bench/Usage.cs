using System.Globalization;

namespace Stoa.Bench;

/// <summary>What the store's processes have used, as Linux counts it.</summary>
/// <param name="CpuSeconds">By process.</param>
/// <param name="Pss">Bytes of memory, shared pages divided among those who share them.</param>
internal sealed record Usage(IReadOnlyDictionary<string, double> CpuSeconds, long Pss)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux of today

    public double AllCpuSeconds => CpuSeconds.Values.Sum();

    public static Usage Of(MeasuredStore store)
    {
        var processes = store.Processes.Where(process => process.Pid is not null).Select(process => (process.Plan.Name, process.Pid!.Value));
        return Of(store.Server is { } server ? [.. processes, .. Family(server.Pid).Select(pid => ("postgres", pid))] : [.. processes]);
    }

    /// <summary>Of processes by name; those of one name are added up.</summary>
    public static Usage Of(IReadOnlyList<(string Name, int Pid)> processes) => new(
        processes.GroupBy(one => one.Name, one => one.Pid).ToDictionary(group => group.Key, group => group.Sum(pid => OrGone(() => Cpu(pid)))),
        (long)processes.Sum(one => OrGone(() => Memory(one.Pid))));

    /// <summary>CPU seconds by process since an earlier look.</summary>
    public IReadOnlyDictionary<string, double> Since(Usage earlier) =>
        CpuSeconds.ToDictionary(one => one.Key, one => one.Value - earlier.CpuSeconds.GetValueOrDefault(one.Key));

    /// <summary>A process and its children, which serve connections that stay open as long as we measure.</summary>
    private static IEnumerable<int> Family(int parent) =>
        File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).Prepend(parent);

    /// <summary>PostgreSQL's servants come and go.</summary>
    private static double OrGone(Func<double> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return 0; // it ended between the two looks
        }
    }

    /// <summary>proc(5): utime and stime are the 14th and 15th fields; the second may hold spaces, in brackets.</summary>
    private static double Cpu(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    private static long Memory(int pid) =>
        File.ReadLines($"/proc/{pid}/smaps_rollup").Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Sum(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
