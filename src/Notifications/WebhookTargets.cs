using System.Net;
using System.Net.Sockets;

namespace Stoa.Notifications;

/// <summary>Finds a host's addresses.</summary>
/// <param name="host">A name, or an address as text.</param>
/// <param name="stop">Ends the wait.</param>
/// <exception cref="SocketException">It has none.</exception>
public delegate Task<IPAddress[]> NameLookup(string host, CancellationToken stop);

/// <summary>A host leads into somebody's network: it is not connected to.</summary>
public sealed class AddressRefusedException() : Exception("the address is not of the public internet");

/// <summary>Where webhooks may go: to public addresses, by https. Hosts that <c>Stoa:Webhooks:AllowedHosts</c> names
/// (<c>localhost:9000;hooks.internal</c>) may have any address and plain http. What counts is the address at the moment of
/// connecting, for a name may lead elsewhere by then: it is looked up once, checked, and that very address connected to.</summary>
public sealed class WebhookTargets(string allowedHosts, NameLookup lookup)
{
    private const int MostCharacters = 2000;

    private readonly HashSet<string> _allowed = allowedHosts
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks an address that somebody typed.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public async Task<string?> Fault(string? text, CancellationToken stop)
    {
        if (text is null or { Length: > MostCharacters } || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.IdnHost.Length == 0)
            return $"must be an address of at most {MostCharacters} characters, such as https://erp.example/stoa";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0) return "must have neither a user nor a fragment";
        if (!HasScheme(url)) return "must begin with https://";
        return await MayConnect(url.IdnHost, url.Port, stop) ? null : "must name a host that is known, and lead to public addresses only";
    }

    /// <summary>Whether the address is to be spoken to in its manner: by https, unless its host is allowed.</summary>
    public bool HasScheme(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsAllowed(url.IdnHost, url.Port));
    }

    /// <summary>Connects for an <see cref="HttpClient"/>; its certificate is then checked against the name.</summary>
    /// <exception cref="AddressRefusedException">The host leads to an address that is not public.</exception>
    /// <exception cref="SocketException">It has no address, or none that answers.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = context.DnsEndPoint;
        var addresses = await Find(target.Host, target.Port, stop);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<bool> MayConnect(string host, int port, CancellationToken stop)
    {
        if (IsAllowed(host, port)) return true;
        try
        {
            await Find(host, port, stop);
            return true;
        }
        catch (Exception fault) when (fault is AddressRefusedException or SocketException)
        {
            return false;
        }
    }

    /// <summary>One address that is not public refuses the host: names with addresses of both kinds are traps.</summary>
    private async Task<IPAddress[]> Find(string host, int port, CancellationToken stop)
    {
        var bare = host.Trim('[', ']');
        IPAddress[] addresses = IPAddress.TryParse(bare, out var literal) ? [literal] : await lookup(bare, stop);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        return IsAllowed(host, port) || Array.TrueForAll(addresses, PublicAddress.Is) ? addresses : throw new AddressRefusedException();
    }

    private bool IsAllowed(string host, int port)
    {
        var bare = host.Trim('[', ']');
        return _allowed.Contains(bare) || _allowed.Contains($"{bare}:{port}");
    }
}
