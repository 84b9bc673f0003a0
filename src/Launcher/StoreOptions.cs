using System.Net;

namespace Stoa.Launcher;

/// <summary>What a person may say about the store to start.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Port">Where the Gateway listens; 0 takes a free one.</param>
/// <param name="Listen">The address where the Gateway listens.</param>
/// <param name="Empty">No demo catalogue.</param>
/// <param name="Scale">NAME=COUNT.</param>
public sealed record StoreOptions(DataFolder Data, int Port, string Listen = StoreOptions.Loopback, bool Empty = false, params string[] Scale)
{
    /// <summary>A PostgreSQL server, as a connection string; null: the one that the store has been on, else files.</summary>
    public string? Postgres { get; init; }

    /// <summary>Whether its databases on a server are deleted at its end.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>A settings file with services of one's own; null for none.</summary>
    public string? Config { get; init; }

    public const int UsualPort = 8080;
    public const string Loopback = "localhost";

    /// <summary>The addresses that must be free: a browser may take either loopback for <c>localhost</c>.</summary>
    /// <exception cref="CannotGoOnException">Not an address.</exception>
    public IPAddress[] Addresses() => Listen switch
    {
        Loopback => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "*" => [IPAddress.Any],
        _ when IPAddress.TryParse(Listen, out var address) => [address],
        _ => throw new CannotGoOnException($"--listen takes an address of this machine, for example 0.0.0.0 for all of them, and not \"{Listen}\"."),
    };

    /// <summary>What Kestrel is told.</summary>
    public string GatewayBinding(int port) => $"http://{InUrl(Listen)}:{port}";

    /// <summary>Where a program on this machine finds the Gateway.</summary>
    public Uri GatewayUrl(int port) => Addresses()[0] is var first && Everywhere(first)
        ? new Uri($"http://127.0.0.1:{port}")
        : new Uri($"http://{InUrl(first.ToString())}:{port}");

    /// <summary>Where people find it.</summary>
    public Uri PublicUrl(int port) => Addresses()[0] is var first && (IPAddress.IsLoopback(first) || Everywhere(first))
        ? new Uri($"http://localhost:{port}")
        : new Uri($"http://{InUrl(first.ToString())}:{port}");

    private static bool Everywhere(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string InUrl(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
