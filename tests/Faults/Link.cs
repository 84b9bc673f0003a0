using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Stoa.Faults;

/// <summary>What a link does to what comes by.</summary>
public enum LinkState
{
    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>Connections are reset, old ones at once and new ones as they come.</summary>
    Cut,

    /// <summary>Half open: connections stand, and nothing passes.</summary>
    Silent,

    /// <summary>Half open on the way back: requests arrive and act, their answers are lost.</summary>
    LosesAnswers,

    /// <summary>Everything passes, late.</summary>
    Slow,
}

/// <summary>A small TCP proxy before one process. Its callers know only this address, so that what happens between them
/// can be made to happen. A connection that has lost bytes stays silent until one end gives it up, as on a real network.</summary>
public sealed class Link : IAsyncDisposable
{
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(400);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Wire, bool> _wires = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _hasLost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="target">Where the process listens.</param>
    public Link(Uri target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target.Port);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 512);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = Accept();
    }

    /// <summary>Where callers find it.</summary>
    public Uri Url { get; }

    /// <summary>What it does now.</summary>
    public LinkState State { get; private set; }

    /// <summary>Ends when it has lost the first bytes.</summary>
    public Task HasLost => _hasLost.Task;

    /// <summary>Changes what it does, for the connections that stand and for those to come.</summary>
    public void Become(LinkState state)
    {
        State = state;
        if (state != LinkState.Cut) return;
        foreach (var wire in _wires.Keys) wire.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var wire in _wires.Keys) wire.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket caller;
            try
            {
                caller = await _listener.AcceptAsync();
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = Carry(new Wire(caller, this));
        }
    }

    private async Task Carry(Wire wire)
    {
        _wires[wire] = true;
        try
        {
            if (State != LinkState.Cut) await wire.Carry(_target);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // One end is gone: the other learns it below, as it would of a dead process.
        }
        finally
        {
            wire.Dispose();
            _wires.TryRemove(wire, out _);
        }
    }

    private bool Loses(bool isAnswer) => State == LinkState.Silent || (isAnswer && State == LinkState.LosesAnswers);

    /// <summary>One connection: from a caller to us, and from us to the process.</summary>
    private sealed class Wire(Socket caller, Link link) : IDisposable
    {
        private readonly Socket _process = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private volatile bool _silent = link.State == LinkState.Silent;

        public async Task Carry(IPEndPoint target)
        {
            caller.NoDelay = true;
            if (!_silent) await _process.ConnectAsync(target);
            var request = Pump(caller, _process, isAnswer: false);
            var answer = _silent ? request : Pump(_process, caller, isAnswer: true);
            await await Task.WhenAny(request, answer);
            if (!_silent) await Task.WhenAll(request, answer);
        }

        /// <summary>RST to both ends.</summary>
        public void Dispose()
        {
            foreach (var socket in (Socket[])[caller, _process]) socket.Close(timeout: 0);
        }

        private async Task Pump(Socket from, Socket to, bool isAnswer)
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (link.Loses(isAnswer)) _silent = true;
                if (_silent)
                {
                    link._hasLost.TrySetResult();
                    continue;
                }

                if (link.State == LinkState.Slow) await Task.Delay(Lateness);
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
            if (!_silent) to.Shutdown(SocketShutdown.Send);
        }
    }
}
