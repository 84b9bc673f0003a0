using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Stoa.Kernel;

/// <summary>What every process tells of itself at <c>/metrics</c> beside what the framework counts: whether it is ready, since
/// when it runs and in which version, and how much room is left on the disk that it writes to.</summary>
internal sealed class OwnFigures : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Meter _meter = new(Telemetry.Meter.Name); // of its own, so that its gauges end with this service
    private readonly Readiness _readiness;
    private readonly IServiceProvider _provider;
    private readonly DriveInfo _disk;

    public OwnFigures(StoaOptions options, Readiness readiness, LastHour hour, IServiceProvider provider)
    {
        (_readiness, _provider, _disk) = (readiness, provider, new DriveInfo(options.DataFolder));
        _meter.CreateObservableGauge("stoa.ready", () => readiness.Last ? 1 : 0, description: "1 where the process could do its work when it was asked last");
        _meter.CreateObservableGauge("process.start_time", () => hour.Since.ToUnixTimeMilliseconds() / 1000.0, "s", "When the process started, in seconds since 1970");
        _meter.CreateObservableGauge<int>("stoa.build.info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", ServiceHost.Version)), description: "1, with the version");
        _meter.CreateObservableGauge("stoa.disk.free", () => _disk.AvailableFreeSpace, "By", "Room left on the disk of the data folder");
        _meter.CreateObservableGauge("stoa.disk.size", () => _disk.TotalSize, "By", "Size of the disk of the data folder");
    }

    /// <summary>Looks at what has to be asked for. The figures must come, also where the database does not.</summary>
    public async Task Refresh(CancellationToken stop)
    {
        if (!await _readiness.LookSoon(stop)) return;
        try
        {
            foreach (var figure in _provider.GetServices<IStoredFigure>()) await figure.Read(stop).WaitAsync(Patience, stop);
        }
        catch (Exception fault) when (fault is UnavailableException or TimeoutException)
        {
            return; // the figures are the last ones known; the next look tells whether the database is away
        }
    }

    public void Dispose() => _meter.Dispose();
}
