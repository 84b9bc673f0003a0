using System.Net.NetworkInformation;

namespace Stoa.Kit;

/// <summary>Free ports below those that the system gives to outgoing connections, so that none is taken between being
/// found and being listened at. A test process holds blocks of them, each by a locked file, so that no other looks there;
/// inside a block a port is handed out again only after its holder gave it back.</summary>
public static class TestPorts
{
    private const int First = 10_000;
    private const int Blocks = 100; // up to 20,000, from where on ./stoa up looks
    private const int InABlock = 100;

    private static readonly Lock Turn = new();
    private static readonly List<FileStream> Held = [];
    private static readonly Queue<int> Free = new();

    /// <summary>A port that nobody listens at, this process's until <see cref="GiveBack"/>.</summary>
    public static int Next()
    {
        lock (Turn)
        {
            while (Free.Count == 0) TakeBlock();
            return Free.Dequeue();
        }
    }

    /// <summary>The least recently used comes last again, so that what was heard there has died away.</summary>
    public static void GiveBack(IEnumerable<int> ports)
    {
        lock (Turn)
        {
            foreach (var port in ports) Free.Enqueue(port);
        }
    }

    private static void TakeBlock()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "stoa-test-ports")).FullName;
        for (var tried = 0; tried < Blocks; tried++)
        {
            var block = (Environment.ProcessId + tried) % Blocks;
            try
            {
                Held.Add(new FileStream(Path.Combine(folder, $"{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)); // until the process ends, however it does
            }
            catch (IOException)
            {
                continue; // another test process's
            }

            foreach (var port in Enumerable.Range(First + (block * InABlock), InABlock).Except(Taken())) Free.Enqueue(port);
            return;
        }

        throw new InvalidOperationException("no free ports for tests");
    }

    /// <summary>By somebody from before our time. Read off, not tried: a process that another thread begins at that moment
    /// would hold on to the trial's socket.</summary>
    private static IEnumerable<int> Taken() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port);
}
