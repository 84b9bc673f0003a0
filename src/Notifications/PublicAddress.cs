using System.Net;
using System.Net.Sockets;

namespace Stoa.Notifications;

/// <summary>Tells addresses of the public internet from those that reach into somebody's network: IANA's special-purpose
/// registries (iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry). Of IPv6 only global unicast
/// counts as public, less what in it is set aside; what wraps an IPv4 address (mapped, NAT64, 6to4, Teredo) never does.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SetAside =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // shared, behind carriers' NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local; clouds tell machines their secrets at 169.254.169.254
            "192.0.0.0/24", // protocols
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "198.18.0.0/15", // benchmarks
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocols, Teredo
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16", // 6to4
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether it is of the public internet.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) return false; // IPNetwork would look at the IPv4 address in it
        return (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !Array.Exists(SetAside, network => network.Contains(address));
    }
}
