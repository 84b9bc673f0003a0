using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stoa.Kit;

namespace Stoa.Notifications.Tests;

/// <summary>Takes messages by SMTP (RFC 5321), as far as a client needs it, or refuses them for a while, or takes
/// none before several are there at once.</summary>
public sealed class SmallSmtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ReceivedMail> _taken = [];
    private readonly TaskCompletionSource _allAreThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refusals;
    private int _refused;
    private int _missing;

    public SmallSmtpServer(int refusals = 0, int atOnce = 1)
    {
        (_refusals, _missing) = (refusals, atOnce);
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many messages it has put off.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public ReceivedMail[] Taken => [.. _taken];

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                _ = Serve(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return; // the test is over
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 ready");
            while (await reader.ReadLineAsync() is { } line) await writer.WriteLineAsync(await Answer(line, reader, writer));
        }
    }

    private async Task<string> Answer(string line, StreamReader reader, StreamWriter writer)
    {
        if (line == "QUIT") return "221 bye";
        if (line != "DATA") return "250 ok";
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            Interlocked.Increment(ref _refused);
            return "451 try again later";
        }

        if (Interlocked.Decrement(ref _missing) <= 0) _allAreThere.TrySetResult();
        await _allAreThere.Task;
        await writer.WriteLineAsync("354 go on");
        var message = new StringBuilder();
        while (await reader.ReadLineAsync() is { } text && text != ".") message.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
        _taken.Enqueue(ReceivedMail.Read(message.ToString()));
        return "250 taken";
    }
}
