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
        var pids = store.Processes.Where(process => process.Pid is not null).ToDictionary(process => process.Plan.Name, process => process.Pid!.Value);
        return new Usage(pids.ToDictionary(one => one.Key, one => Cpu(one.Value)), pids.Values.Sum(Memory));
    }

    /// <summary>CPU seconds by process since an earlier look.</summary>
    public IReadOnlyDictionary<string, double> Since(Usage earlier) =>
        CpuSeconds.ToDictionary(one => one.Key, one => one.Value - earlier.CpuSeconds.GetValueOrDefault(one.Key));

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
