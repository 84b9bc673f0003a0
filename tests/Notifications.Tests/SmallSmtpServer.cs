using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stoa.Notifications.Tests;

/// <summary>Takes one message by SMTP (RFC 5321), as far as a client needs it.</summary>
public sealed class SmallSmtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SmallSmtpServer()
    {
        _listener.Start();
        Message = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task<string> Message { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> Serve()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line != "DATA")
            {
                await writer.WriteLineAsync("250 ok");
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            var message = new StringBuilder();
            while (await reader.ReadLineAsync() is { } text && text != ".") message.AppendLine(text);
            await writer.WriteLineAsync("250 taken");
            return message.ToString();
        }

        return "";
    }
}
