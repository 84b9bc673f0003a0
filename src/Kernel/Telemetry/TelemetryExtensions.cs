using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Stoa.Kernel;

/// <summary>Traces, metrics and logs: by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, metrics at <c>/metrics</c> always.</summary>
internal sealed class TelemetryPipeline : IDisposable
{
    private static readonly string[] Meters = ["Stoa", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;
    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly OwnFigures _own;

    public TelemetryPipeline(StoaOptions options, OwnFigures own)
    {
        _own = own;
        var resource = ResourceBuilder.CreateDefault().AddService("stoa-" + options.Service, serviceVersion: ServiceHost.Version);
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddReader(_reader);
        if (Leaves(options))
        {
            metrics.AddOtlpExporter();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource("Stoa", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Yarp.ReverseProxy").AddOtlpExporter().Build();
        }

        _metrics = metrics.Build();
    }

    public static bool Leaves(StoaOptions options) => !string.IsNullOrEmpty(options["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    public async Task<IResult> Scrape(CancellationToken stop)
    {
        await _own.Refresh(stop);
        return Results.Text(_exporter.Scrape(_reader), "text/plain; version=0.0.4");
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _traces?.Dispose();
        _exporter.Dispose();
    }
}
