using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stoa.Bench.Load;

/// <summary>An answer. Its body is the connection's own memory: good until the next request on it.</summary>
internal readonly record struct Reply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <exception cref="UnexpectedReplyException">It is another status.</exception>
    public Reply Expect(int status, string call) =>
        Status == status ? this : throw new UnexpectedReplyException($"{call}: {Status} {Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 300)])}");
}

/// <summary>What a scenario counts as an error.</summary>
internal sealed class UnexpectedReplyException(string message) : Exception(message);

/// <summary>One kept-alive HTTP/1.1 connection with little between it and the socket: on two cores the generator's own
/// cost is part of each figure, so it must cost less than what it measures.</summary>
internal sealed class HttpLine(Uri server) : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly byte[] HeadEnds = "\r\n\r\n"u8.ToArray();

    private readonly byte[] _in = new byte[MostBytes];
    private Socket? _socket;
    private int _filled;

    /// <summary>The bytes of a request.</summary>
    public static byte[] Request(string method, string path, string? token = null, string? key = null, byte[]? json = null)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        if (token is not null) head.Append("Authorization: Bearer ").Append(token).Append("\r\n");
        if (key is not null) head.Append("Idempotency-Key: ").Append(key).Append("\r\n");
        if (json is not null) head.Append("Content-Type: application/json\r\n");
        if (json is not null || method != "GET") head.Append("Content-Length: ").Append(json?.Length ?? 0).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. json ?? []];
    }

    public async ValueTask<Reply> Send(ReadOnlyMemory<byte> request)
    {
        try
        {
            _socket ??= await Connect();
            for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
            return await Receive();
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            Dispose(); // the next request opens a new one
            throw new UnexpectedReplyException(fault.Message);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        return socket;
    }

    private async ValueTask<Reply> Receive()
    {
        _filled = 0;
        int head;
        do await More();
        while ((head = _in.AsSpan(0, _filled).IndexOf(HeadEnds)) < 0);

        var status = (_in[9] - '0') * 100 + (_in[10] - '0') * 10 + (_in[11] - '0');
        var body = head + HeadEnds.Length;
        var length = Number(_in.AsSpan(0, head), "Content-Length: "u8);
        if (length is null && _in.AsSpan(0, head).IndexOf("Transfer-Encoding: chunked"u8) >= 0) return new Reply(status, await Chunks(body));

        while (_filled < body + (length ?? 0)) await More();
        return new Reply(status, _in.AsMemory(body, length ?? 0));
    }

    /// <summary>Joins the chunks in place (RFC 9112 §7.1): the body only ever moves to the front.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> Chunks(int from)
    {
        var (read, written) = (from, from);
        while (true)
        {
            int line;
            while ((line = _in.AsSpan(read, _filled - read).IndexOf("\r\n"u8)) < 0) await More();
            if (!Utf8Parser.TryParse(_in.AsSpan(read, line), out int size, out _, 'x')) throw new UnexpectedReplyException("a broken chunk");
            read += line + 2;
            while (_filled < read + size + 2) await More();
            if (size == 0) return _in.AsMemory(from, written - from);
            _in.AsSpan(read, size).CopyTo(_in.AsSpan(written));
            (read, written) = (read + size + 2, written + size);
        }
    }

    private async ValueTask More()
    {
        var count = await _socket!.ReceiveAsync(_in.AsMemory(_filled));
        if (count == 0) throw new IOException("the connection ended");
        _filled += count;
    }

    private static int? Number(ReadOnlySpan<byte> head, ReadOnlySpan<byte> header)
    {
        var at = head.IndexOf(header);
        return at >= 0 && Utf8Parser.TryParse(head[(at + header.Length)..], out int number, out _) ? number : null;
    }
}
