using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stoa.Kit;

/// <summary>A wire between a client and a PostgreSQL server that is cut when a transaction which a test names commits.</summary>
public sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _door;
    private readonly int _serverPort;
    private volatile Cut? _cut;

    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        Port = TestPorts.Next();
        _door = new TcpListener(IPAddress.Loopback, Port);
        _door.Start();
        _ = Serve();
    }

    public int Port { get; }

    /// <summary>Cuts, once, the connection that sends <c>COMMIT</c> after it sent the named text.</summary>
    /// <param name="text">What only the meant transaction sends, such as a value that it inserts.</param>
    /// <param name="delivered">Whether the server still gets the COMMIT, and has answered it, before the client's end is cut.</param>
    /// <returns>Ends when it is cut.</returns>
    public Task CutCommitAfter(string text, bool delivered)
    {
        var cut = new Cut(Encoding.ASCII.GetBytes(text), delivered);
        _cut = cut;
        return cut.Done.Task;
    }

    public void Dispose()
    {
        _door.Dispose();
        TestPorts.GiveBack([Port]);
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                _ = Pass(await _door.AcceptTcpClientAsync());
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Pass(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _serverPort);
        var (fromClient, fromServer) = (near.GetStream(), far.GetStream());
        try
        {
            var answers = fromServer.CopyToAsync(fromClient);
            var buffer = new byte[64 * 1024];
            for (var (read, meant) = (0, false); (read = await fromClient.ReadAsync(buffer)) > 0;)
            {
                var sent = buffer.AsMemory(0, read);
                if (_cut is { } cut)
                {
                    meant |= sent.Span.IndexOf(cut.Text) >= 0;
                    if (meant && sent.Span.IndexOf("COMMIT\0"u8) >= 0)
                    {
                        _cut = null;
                        near.Client.Shutdown(SocketShutdown.Both);
                        if (cut.Delivered) await Deliver(far, sent, answers);
                        cut.Done.SetResult();
                        return;
                    }
                }

                await fromServer.WriteAsync(sent);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // either end hung up: so does the other, by the end of this method
        }
    }

    /// <summary>The server takes what was sent, does it, and then sees the client's end.</summary>
    private static async Task Deliver(TcpClient far, ReadOnlyMemory<byte> sent, Task answers)
    {
        await far.GetStream().WriteAsync(sent);
        far.Client.Shutdown(SocketShutdown.Send);
        await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Cut(byte[] Text, bool Delivered)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
