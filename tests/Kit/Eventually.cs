using System.Diagnostics;

namespace Stoa.Kit;

/// <summary>Waits for a thing itself, never for a time: looks until it is so, and fails after a generous while.</summary>
public static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Looks again and again until the condition holds.</summary>
    /// <exception cref="TimeoutException">It never did.</exception>
    public static async Task<T> Get<T>(Func<Task<T>> look, Func<T, bool> holds, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (holds(seen)) return seen;
            if (Stopwatch.GetElapsedTime(began) > Longest) throw new TimeoutException($"never saw {what}; last: {seen}");
            await Task.Delay(10);
        }
    }

    /// <inheritdoc cref="Get{T}"/>
    public static Task Is(Func<Task<bool>> look, string what) => Get(look, seen => seen, what);
}
