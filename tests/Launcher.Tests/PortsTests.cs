using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Stoa.Launcher.Tests;

/// <summary>Alone: what other tests listen at meanwhile would be chance.</summary>
[CollectionDefinition(nameof(PortsTests), DisableParallelization = true)]
[Collection(nameof(PortsTests))]
public sealed class PortsTests
{
    [Fact]
    public void Finds_ports_that_can_be_listened_at_while_processes_begin()
    {
        using var over = new CancellationTokenSource();
        var begins = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
            {
                using var process = Process.Start(new ProcessStartInfo("sh", ["-c", ":"]))!;
                process.WaitForExit();
            }
        })
        { IsBackground = true };
        begins.Start();

        var listenable = Enumerable.Range(0, 300).Count(_ => Ports.IsFree(IPAddress.Loopback, Ports.Free(1)[0]));

        over.Cancel();
        begins.Join();
        Assert.Equal(300, listenable);
    }

    [Fact]
    public void Finds_no_port_that_is_listened_at()
    {
        var found = Ports.Free(500);
        using var taken = new TcpListener(IPAddress.Any, found[250]);
        taken.Start();

        Assert.DoesNotContain(found[250], Ports.Free(11_900));
    }
}
