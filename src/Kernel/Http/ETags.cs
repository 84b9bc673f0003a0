using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Stoa.Kernel;

/// <summary>Versions as entity tags (RFC 9110 §8.8.3, §13.1).</summary>
public static class ETags
{
    /// <summary>The tag of a version: <c>"7"</c>, quotes included.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Sets the answer's <c>ETag</c>.</summary>
    public static void SetETag(this HttpResponse response, string tag) => response.Headers.ETag = tag;

    /// <summary>Whether the client holds this version already: answer 304.</summary>
    public static bool HoldsAlready(this HttpRequest request, string tag) => Names(request.Headers.IfNoneMatch, tag, weak: true);

    /// <summary>Whether <c>If-Match</c> is there and does not name this version: answer 412 <c>version_changed</c>.</summary>
    public static bool ExpectsAnother(this HttpRequest request, string tag) =>
        request.Headers.IfMatch is { Count: > 0 } expected && !Names(expected, tag, weak: false);

    /// <summary>412: what the client saw is no longer what is there.</summary>
    public static IResult VersionChanged() => Problem.Of(412, "version_changed", "This changed since you read it. Read it again.");

    private static bool Names(StringValues header, string tag, bool weak) =>
        EntityTagHeaderValue.TryParseList(header, out var tags)
        && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: !weak));
}
