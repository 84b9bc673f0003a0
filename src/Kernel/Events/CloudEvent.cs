using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stoa.Kernel;

/// <summary>An event on the wire: CloudEvents 1.0 in JSON (github.com/cloudevents/spec), with the extensions
/// <c>dataversion</c> (the payload's version) and <c>traceparent</c> (W3C Trace Context).</summary>
internal sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    Guid Id,
    string Source,
    string Type,
    [property: JsonPropertyName("dataversion")] int DataVersion,
    string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("traceparent")] string? TraceParent,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    JsonElement Data)
{
    public static CloudEvent Of(LoggedEvent row, string source)
    {
        using var data = JsonDocument.Parse(row.Data!);
        return new("1.0", row.Id, source, row.Type, row.Version, row.Subject, row.Time, row.Trace, "application/json", data.RootElement.Clone());
    }
}

/// <summary>One place in a feed. The predecessor's position lets a reader notice a gap (E3).</summary>
internal sealed record FeedEntry(long Position, long Predecessor, CloudEvent Event);

/// <summary>A feed's answer.</summary>
internal sealed record FeedPage(Guid Epoch, bool AtHead, FeedEntry[] Events);
