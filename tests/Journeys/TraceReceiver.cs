using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>A span as a service told it.</summary>
/// <param name="Service">Such as <c>stoa-orders</c>.</param>
/// <param name="Trace">The trace's id, 32 hexadecimal digits.</param>
/// <param name="Id">Its own, 16 digits.</param>
/// <param name="Parent">The span that caused it; empty where none did.</param>
/// <param name="Name">What was done.</param>
public sealed record Span(string Service, string Trace, string Id, string Parent, string Name);

/// <summary>Takes spans by OTLP over HTTP (opentelemetry.io/docs/specs/otlp, trace.proto), and throws metrics away. Only calls
/// whose caller asks for it, by a <c>traceparent</c> that says sampled, are traced: the other journeys pay nothing for it.</summary>
public sealed class TraceReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentQueue<byte[]> _told = new();
    private readonly WebApplication _app;

    private TraceReceiver(WebApplication app) => _app = app;

    /// <summary>Starts it, and has the processes that are started from now on tell it their spans.</summary>
    public static async Task<TraceReceiver> Open()
    {
        var url = $"http://127.0.0.1:{TestPorts.Next()}";
        var host = WebApplication.CreateSlimBuilder();
        host.Logging.ClearProviders();
        host.WebHost.UseUrls(url);
        var receiver = new TraceReceiver(host.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", url);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_TRACES_SAMPLER", "parentbased_always_off");
        Environment.SetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY", "200");
        return receiver;
    }

    /// <summary>The spans of a trace that have come so far.</summary>
    public IReadOnlyList<Span> Of(string trace) => [.. _spans.Where(span => span.Trace == trace)];

    /// <summary>Whether anything that was told holds a text: a name, an attribute, an event of a span.</summary>
    public bool Holds(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return _told.Any(request => request.AsSpan().IndexOf(wanted) >= 0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (context.Request.Path == "/v1/traces")
        {
            _told.Enqueue(body.ToArray());
            foreach (var span in Read(body.ToArray())) _spans.Enqueue(span);
        }
    }

    /// <summary>ExportTraceServiceRequest: resource_spans = 1.</summary>
    private static IEnumerable<Span> Read(byte[] request) => Within(request, 1).SelectMany(resource => // ResourceSpans: resource = 1, scope_spans = 2
    {
        var attributes = Within(resource, 1).SelectMany(one => Within(one, 1)); // KeyValue: key = 1, value = 2 (AnyValue: string_value = 1)
        var service = attributes.Where(one => Text(one, 1) == "service.name").Select(one => Text(Within(one, 2).Single(), 1)).Single();
        return Within(resource, 2).SelectMany(scope => Within(scope, 2)) // ScopeSpans: spans = 2
            .Select(span => new Span(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5))); // Span: trace_id, span_id, parent_span_id, name
    });

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Within(message, field).FirstOrDefault([]));

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Within(message, field).FirstOrDefault([]));

    /// <summary>The values of a field that have a length (protobuf.dev/programming-guides/encoding); the others are passed over.</summary>
    private static IEnumerable<byte[]> Within(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Number(message, ref at);
                    if (tag >> 3 == field) yield return message[at..(at + length)];
                    at += length;
                    break;
            }
        }
    }

    private static long Number(byte[] message, ref int at)
    {
        long number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return number;
        }
    }
}
