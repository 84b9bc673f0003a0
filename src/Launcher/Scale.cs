using System.Globalization;

namespace Stoa.Launcher;

/// <summary>How many processes run of each kind: one, or what <c>--scale NAME=COUNT</c> says.</summary>
public static class Scale
{
    private const int Most = 16;

    /// <summary>Reads <c>--scale</c> values, and refuses what cannot run.</summary>
    /// <param name="values">NAME=COUNT each.</param>
    /// <param name="topology">What there is.</param>
    /// <param name="onServer">Whether the databases are on a server, where the processes of a service can share one (S4).</param>
    /// <exception cref="CannotGoOnException">Not NAME=COUNT, an unknown name, or a process that there can be only one of.</exception>
    public static IReadOnlyDictionary<string, int> Parse(IEnumerable<string> values, IReadOnlyList<StoreProcess> topology, bool onServer)
    {
        var counts = new Dictionary<string, int>();
        foreach (var value in values)
        {
            var (process, count) = Parse(value, topology);
            if (count > 1 && process.Name == Topology.Gateway)
                throw new CannotGoOnException("There is one gateway in a store on one machine: it holds the public port.");
            if (count > 1 && process.Name == Topology.Sandbox)
                throw new CannotGoOnException("There is one sandbox in a store: it plays the bank.");
            if (count > 1 && process.OwnsData && !onServer)
                throw new CannotGoOnException($"Only one {process.Name} process can run: it owns its data, and a database in a file belongs to one process. Several of it need a database server: --postgres.");
            counts[process.Name] = count;
        }
        return counts;
    }

    private static (StoreProcess Process, int Count) Parse(string value, IReadOnlyList<StoreProcess> topology)
    {
        var (name, number) = value.Split('=') is [var left, var right] ? (left, right) : (value, "");
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > Most)
            throw new CannotGoOnException($"--scale takes NAME=COUNT with a count of 1 to {Most}, for example storefront=2, and not \"{value}\".");
        var process = topology.FirstOrDefault(process => process.Name == name)
            ?? throw new CannotGoOnException($"--scale knows no \"{name}\". The store has {string.Join(", ", topology.Select(process => process.Name))}.");
        return (process, count);
    }
}
