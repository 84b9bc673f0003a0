namespace Stoa.Launcher;

/// <summary>Prints the last lines that the processes wrote, and the next ones as they come.</summary>
public static class Logs
{
    private static readonly TimeSpan Cadence = TimeSpan.FromMilliseconds(200);

    /// <param name="process">One process, or null for all, each line then with its process's name.</param>
    public static async Task<int> Run(DataFolder data, string? process, int lines, bool follow, CancellationToken stop)
    {
        var logs = Find(data, process);
        foreach (var log in logs) log.PrintLast(lines);
        while (follow)
        {
            await Task.Delay(Cadence, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) break;
            foreach (var log in logs) log.PrintNew();
        }
        return 0;
    }

    private static List<Log> Find(DataFolder data, string? process)
    {
        var folder = Path.GetDirectoryName(data.LogOf(process ?? "any"))!;
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.log").Where(file => !file.EndsWith(".1.log", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()
            : [];
        if (files.Count == 0) throw new CannotGoOnException($"There are no logs in {folder}: no store has run on {data.FullPath}.");
        if (process is null) return files.ConvertAll(file => new Log(file, Path.GetFileNameWithoutExtension(file).PadRight(14)));
        if (files.Contains(data.LogOf(process))) return [new Log(data.LogOf(process), "")];
        throw new CannotGoOnException($"There is no log of \"{process}\". There are {string.Join(", ", files.Select(Path.GetFileNameWithoutExtension))}.");
    }

    /// <summary>One file, read as far as it was printed.</summary>
    private sealed class Log(string path, string prefix)
    {
        private long _position;

        public void PrintLast(int lines)
        {
            using var reader = Open();
            var last = new Queue<string>();
            while (reader.ReadLine() is { } line)
            {
                last.Enqueue(line);
                if (last.Count > lines) last.Dequeue();
            }
            _position = reader.BaseStream.Position;
            foreach (var line in last) Console.WriteLine(prefix + line);
        }

        public void PrintNew()
        {
            using var reader = Open();
            if (reader.BaseStream.Length < _position) _position = 0;   // the file was full and a new one began
            reader.BaseStream.Position = _position;
            while (reader.ReadLine() is { } line) Console.WriteLine(prefix + line);
            _position = reader.BaseStream.Position;
        }

        private StreamReader Open() => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
    }
}
