using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Stoa.Kernel;

/// <summary>The language in which the caller would like to be written to: the first choice of its <c>Accept-Language</c>
/// (RFC 9110 §12.5.4), English where it names none. Binds as a handler's parameter; it never refuses.</summary>
/// <param name="Code">The primary subtag (RFC 5646), lower case, such as <c>de</c> of <c>de-AT</c>.</param>
public sealed record Language(string Code)
{
    private const string Otherwise = "en";

    /// <summary>Reads the header.</summary>
    public static ValueTask<Language?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<Language?>(Of(context.Request));
    }

    /// <summary>The first choice of a request.</summary>
    public static Language Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var first = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1).FirstOrDefault()?.Value.Value;
        var primary = first?.Split('-')[0].ToLowerInvariant();
        return new(primary is { Length: 2 or 3 } && primary.All(char.IsAsciiLetterLower) ? primary : Otherwise);
    }
}
