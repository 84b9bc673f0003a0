using System.Runtime.InteropServices;

namespace Stoa.Launcher;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal, each as one token that asks to end cleanly. A second Ctrl-C ends at once:
/// the children read the end of their standard input then.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public StopSignals() => _registrations = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
        .Select(signal => PosixSignalRegistration.Create(signal, Hear))
        .ToList();

    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _asked.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = !_asked.IsCancellationRequested;
        _asked.Cancel();
    }
}
