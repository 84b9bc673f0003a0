using System.Text;

namespace Stoa.Simulation;

/// <summary>All decisions of a run come from its seed, and each is written to a log whose hash two runs of one seed share.</summary>
internal sealed class Chance(int seed, Action<string>? tell)
{
    private readonly Random _random = new(seed);
    private ulong _hash = 14695981039346656037; // FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/)

    public int Decisions { get; private set; }

    public string Hash => _hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Another sequence of the same seed, for what must not move this one.</summary>
    /// <param name="number">Which of them.</param>
    public Chance Beside(int number) => new(~(seed + (number * 1_000_003)), null);

    public int Number(int below) => _random.Next(below);

    public int Seed() => _random.Next();

    public bool Happens(double probability) => probability > 0 && _random.NextDouble() < probability;

    public T Of<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    /// <summary>A wait between two.</summary>
    public TimeSpan Wait(double fromSeconds, double toSeconds) => TimeSpan.FromMilliseconds(Math.Round(1000 * (fromSeconds + ((toSeconds - fromSeconds) * _random.NextDouble())), 3));

    /// <summary>Writes down what happened.</summary>
    public void Note(DateTimeOffset at, string what)
    {
        Decisions++;
        foreach (var one in BitConverter.GetBytes(at.UtcTicks)) _hash = (_hash ^ one) * 1099511628211;
        foreach (var one in Encoding.UTF8.GetBytes(what)) _hash = (_hash ^ one) * 1099511628211;
        tell?.Invoke(FormattableString.Invariant($"{at:HH:mm:ss.ffffff} {what}"));
    }
}
