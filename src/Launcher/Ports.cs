using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Stoa.Launcher;

/// <summary>Finds ports for the services and looks whether the Gateway's is free.</summary>
public static class Ports
{
    // Below the ranges that operating systems take outgoing connections from (Linux 32768, the others 49152):
    // otherwise a connection may hold a service's port while the service is being restarted.
    private const int From = 20_000;
    private const int To = 32_000;

    /// <summary>Distinct ports at which nobody listens now, whatever the address. They are read off, not tried: a process
    /// that another thread begins at that moment would hold on to the trial's socket until it has become another program.</summary>
    public static int[] Free(int count)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var first = RandomNumberGenerator.GetInt32(From, To);
        return Enumerable.Range(0, To - From)
            .Select(step => From + (first - From + step) % (To - From))
            .Where(port => !taken.Contains(port))
            .Take(count)
            .ToArray();
    }

    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException refusal) when (refusal.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException) when (address.Equals(IPAddress.IPv6Loopback))
        {
            return true;   // a machine without IPv6: Kestrel listens on the other loopback alone
        }
        catch (SocketException refusal)
        {
            throw new CannotGoOnException($"Nothing can listen on {address}: {refusal.Message}.");
        }
    }
}
