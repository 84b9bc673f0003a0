using System.Net;
using System.Net.Sockets;

namespace Stoa.Kit;

/// <summary>Free ports below those that the system gives to outgoing connections, so that none is taken between being
/// found and being listened at; processes that test side by side look in places of their own.</summary>
internal static class TestPorts
{
    private const int First = 10_000;
    private const int Span = 150;
    private const int Processes = 64;

    private static readonly int Base = First + (Environment.ProcessId % Processes * Span);
    private static int _next;

    public static int Next()
    {
        for (var tries = 0; tries < Span; tries++)
        {
            var port = Base + (Interlocked.Increment(ref _next) % Span);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"no free port from {Base} to {Base + Span}");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
