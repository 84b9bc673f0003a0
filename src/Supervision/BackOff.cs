using System.Security.Cryptography;

namespace Stoa.Supervision;

/// <summary>Exponential back-off with full jitter above a floor: services that fell together must not return together.</summary>
/// <param name="First">The shortest wait, and the range of the first one (between one and two times this).</param>
/// <param name="Cap">No wait is longer.</param>
public sealed record BackOff(TimeSpan First, TimeSpan Cap)
{
    /// <summary>The wait before the next start.</summary>
    /// <param name="deaths">How many times in a row the process has died, 1 for the first.</param>
    /// <returns>Between <see cref="First"/> and <see cref="Cap"/>.</returns>
    public TimeSpan Wait(int deaths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deaths, 1);
        var ceiling = Math.Min(Cap.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(deaths, 30)));
        var spread = (int)Math.Max(0, ceiling - First.TotalMilliseconds);
        return First + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(spread + 1));
    }
}
