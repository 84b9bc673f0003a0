using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Stoa.Kernel;

/// <summary>The time that a request has left, from the door to the last call it makes. It travels in the header
/// <c>Stoa-Deadline</c>, in milliseconds left, so that clocks need not agree.</summary>
public static class Deadline
{
    /// <summary>The header's name.</summary>
    public const string Header = "Stoa-Deadline";

    /// <summary>What a request gets that names none.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(5);

    private static readonly AsyncLocal<Ends?> Ambient = new();
    private static readonly object ClientKey = new();

    /// <summary>What is left of the current request's time; null outside a request and where it was let go.</summary>
    public static TimeSpan? Left => Ambient.Value?.Left;

    /// <summary>Lets go of the request's deadline in this flow: work that has committed goes on without its caller (P6).</summary>
    public static void LetGo() => Ambient.Value = null;

    internal static void Start(TimeProvider clock, TimeSpan length) => Ambient.Value = new Ends(clock, clock.GetTimestamp(), length);

    internal static TimeSpan Asked(HttpRequest request) =>
        request.Headers.TryGetValue(Header, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, 60_000))
            : Default;

    internal static void RememberClient(HttpContext context) => context.Items[ClientKey] = context.RequestAborted;

    internal static bool ClientLeft(HttpContext context) =>
        context.Items[ClientKey] is CancellationToken client ? client.IsCancellationRequested : context.RequestAborted.IsCancellationRequested;

    private sealed record Ends(TimeProvider Clock, long Began, TimeSpan Length)
    {
        public TimeSpan Left => Length - Clock.GetElapsedTime(Began);
    }
}

/// <summary>Marks an endpoint that keeps its own time: feeds, imports (P6).</summary>
public sealed class KeepsItsOwnTime
{
    internal static KeepsItsOwnTime Mark { get; } = new();
}
