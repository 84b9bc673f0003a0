using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Stoa.Kernel;

/// <summary>Everything through which the world outside reaches a service (X1): time, randomness, outbound calls,
/// commits, background loops and death. Production takes the defaults; a simulation gives its own.</summary>
public sealed class Seams
{
    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Randomness and ids. Null: the system's, on <see cref="Clock"/>.</summary>
    public Entropy? Entropy { get; init; }

    /// <summary>Gives the handler for calls to the named service or provider. Null: sockets.</summary>
    public Func<string, HttpMessageHandler>? Outbound { get; init; }

    /// <summary>Called around each database commit with <c>before</c> or <c>after</c>; may throw to play a crash. Null: nothing.</summary>
    public Action<string>? Commit { get; init; }

    /// <summary>Whether loops run by themselves; false leaves them to <see cref="LoopRegistry.Step"/>.</summary>
    public bool LoopsRun { get; init; } = true;

    /// <summary>Is given each group of writes that SQLite's writer is to begin, and runs it when it likes, on one thread at a
    /// time: what was asked for until then joins the group. Null: the writer has a thread of its own.</summary>
    public Action<Action>? Turns { get; init; }

    /// <summary>Ends the process when it must not go on (S1), with the reason. Null: exit code 70 at once.</summary>
    public Action<string>? Die { get; init; }

    /// <summary>Settings that win over environment and arguments.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>A last hand on the host before it is built, such as another server. Null: nothing.</summary>
    public Action<IHostApplicationBuilder>? Host { get; init; }

    internal void End(string reason)
    {
        if (Die is { } die)
        {
            die(reason);
            return;
        }

        Console.Error.WriteLine($"stoa: ending this process: {reason}");
        Environment.Exit(70);
    }

    internal void Apply(IConfigurationBuilder configuration)
    {
        if (Settings.Count > 0) configuration.AddInMemoryCollection(Settings);
    }
}
