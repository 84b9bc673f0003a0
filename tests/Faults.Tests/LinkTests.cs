using System.Net;
using System.Net.Sockets;

namespace Stoa.Faults.Tests;

/// <summary>What a link does to the connections that go through it.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener _process = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _opened = [];
    private Link _link = null!;

    public ValueTask InitializeAsync()
    {
        _process.Start();
        _link = new Link(new Uri($"http://127.0.0.1:{((IPEndPoint)_process.LocalEndpoint).Port}"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        foreach (var socket in _opened) socket.Dispose();
        _process.Dispose();
    }

    [Fact]
    public async Task Open_it_passes_everything_both_ways()
    {
        var (caller, process) = await Connect();

        await caller.SendAsync("ask"u8.ToArray());
        Assert.Equal("ask", await Hears(process));
        await process.SendAsync("answer"u8.ToArray());
        Assert.Equal("answer", await Hears(caller));
    }

    [Fact]
    public async Task The_end_of_one_end_is_the_end_of_the_other()
    {
        var (caller, process) = await Connect();

        process.Shutdown(SocketShutdown.Both);

        Assert.Equal("", await Hears(caller));
    }

    [Fact]
    public async Task Cut_it_resets_what_stands_and_what_comes()
    {
        var (caller, process) = await Connect();

        _link.Become(LinkState.Cut);

        await Assert.ThrowsAsync<SocketException>(() => Hears(caller));
        await Assert.ThrowsAsync<SocketException>(() => Hears(process));
        await Assert.ThrowsAsync<SocketException>(async () => await Hears(await Call()));
        Assert.False(_process.Pending());
    }

    [Fact]
    public async Task Silent_it_passes_nothing_on_a_connection_that_stands()
    {
        var (caller, process) = await Connect();

        _link.Become(LinkState.Silent);
        await caller.SendAsync("lost"u8.ToArray());
        await _link.HasLost.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("later", await Later(process));

        _link.Become(LinkState.Open);
        await caller.SendAsync("lost too: the connection has a hole"u8.ToArray());
        Assert.Equal("later", await Later(process));
    }

    [Fact]
    public async Task Silent_it_takes_connections_that_lead_nowhere()
    {
        _link.Become(LinkState.Silent);
        var caller = await Call();
        await caller.SendAsync("lost"u8.ToArray());
        await _link.HasLost.WaitAsync(Patience, TestContext.Current.CancellationToken);
        _link.Become(LinkState.Open);

        await Connect();   // the process hears of this one, and of no other
        Assert.False(_process.Pending());
    }

    [Fact]
    public async Task Losing_answers_it_still_passes_what_is_asked()
    {
        var (caller, process) = await Connect();

        _link.Become(LinkState.LosesAnswers);
        await caller.SendAsync("ask"u8.ToArray());
        Assert.Equal("ask", await Hears(process));
        await process.SendAsync("answer"u8.ToArray());
        Assert.Equal("later", await Later(caller));
    }

    [Fact]
    public async Task Slow_it_passes_everything_all_the_same()
    {
        var (caller, process) = await Connect();

        _link.Become(LinkState.Slow);
        await caller.SendAsync("ask"u8.ToArray());

        Assert.Equal("ask", await Hears(process));
    }

    private async Task<(Socket Caller, Socket Process)> Connect()
    {
        var caller = await Call();
        var process = await _process.AcceptSocketAsync();
        _opened.Add(process);
        return (caller, process);
    }

    private async Task<Socket> Call()
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _opened.Add(caller);
        await caller.ConnectAsync(IPAddress.Loopback, _link.Url.Port);
        return caller;
    }

    /// <summary>What comes next; empty at the end.</summary>
    private static async Task<string> Hears(Socket socket)
    {
        var buffer = new byte[100];
        using var patience = new CancellationTokenSource(Patience);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
    }

    /// <summary>Whether something comes at all: a connection through a link of its own, made after what was sent, is faster
    /// than nothing.</summary>
    private async Task<string> Later(Socket socket)
    {
        await using var open = new Link(new Uri($"http://127.0.0.1:{((IPEndPoint)_process.LocalEndpoint).Port}"));
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await other.ConnectAsync(IPAddress.Loopback, open.Url.Port);
        using var accepted = await _process.AcceptSocketAsync();
        await other.SendAsync("later"u8.ToArray());
        var later = Hears(accepted);
        await later;
        return socket.Available > 0 ? await Hears(socket) : await later;
    }
}
