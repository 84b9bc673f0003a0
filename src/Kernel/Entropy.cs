using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stoa.Kernel;

/// <summary>The one source of randomness and ids (X1). With a seed it is deterministic, for simulations only.</summary>
public sealed class Entropy
{
    private readonly TimeProvider _clock;
    private readonly Random? _seeded;
    private readonly Lock _turn = new();

    /// <summary>Cryptographic randomness, or a seeded sequence.</summary>
    /// <param name="clock">Gives the time part of ids.</param>
    /// <param name="seed">Null in production.</param>
    public Entropy(TimeProvider clock, int? seed = null)
    {
        _clock = clock;
        if (seed is { } value) _seeded = new Random(value);
    }

    /// <summary>A new UUID, version 7 (RFC 9562): ids made later sort later, to the millisecond.</summary>
    /// <returns>48 bits of Unix milliseconds, then randomness.</returns>
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes[6..]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Random bytes fit for secrets.</summary>
    /// <param name="count">How many, from 1.</param>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A number in [0, 1).</summary>
    public double Fraction()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The wait before try <paramref name="attempt"/>: exponential from <paramref name="first"/>, never over
    /// <paramref name="cap"/>, with full jitter over its upper half.</summary>
    /// <param name="attempt">From 1.</param>
    /// <param name="first">The wait after the first failure.</param>
    /// <param name="cap">The longest wait.</param>
    public TimeSpan BackOff(int attempt, TimeSpan first, TimeSpan cap)
    {
        var full = Math.Min(cap.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30)));
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * Fraction())));
    }

    private void Fill(Span<byte> bytes)
    {
        if (_seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        lock (_turn)
        {
#pragma warning disable CA5394 // a seeded sequence is what a simulation asks for
            _seeded.NextBytes(bytes);
#pragma warning restore CA5394
        }
    }
}
