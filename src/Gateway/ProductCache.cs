using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Gateway;

/// <summary>Product reads, kept for a second: younger ones are answered from memory, older ones asked for again with
/// their tag, and when Products is away the last one known is better than none (ARCHITECTURE: when a part is down).</summary>
/// <remarks>Kept: 200 answers to GETs without <c>Cache-Control: no-cache</c>, up to 1 MiB each and 64 MiB in all; the
/// oldest go first. One request asks for all that want the same, and <see cref="ConfirmProducts"/> keeps young what is read
/// much.</remarks>
public sealed class ProductCache : IDisposable
{
    private const string OneProduct = "/api/products/";
    private const long MostBytes = 64 << 20;
    private const int MostBytesEach = 1 << 20;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PatienceWithAnOldAnswer = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StaleAtMost = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Entry> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<Entry?>> _asking = new(StringComparer.Ordinal);
    private readonly HttpClient _http;
    private readonly Uri[] _urls;
    private readonly TimeProvider _clock;
    private long _bytes;
    private int _turn;

    /// <summary>Asks the replicas of Products.</summary>
    public ProductCache(Outbound outbound, StoaOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(outbound);
        ArgumentNullException.ThrowIfNull(options);
        _http = outbound.Http("products");
        _urls = options.Urls("products");
        _clock = clock;
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<Entry?> Get(string address)
    {
        if (_kept.TryGetValue(address, out var kept) && Age(kept) < Fresh)
        {
            kept.IsRead = true;
            return kept;
        }

        var asking = _asking.GetOrAdd(address, key => Ask(key));
        return kept is not null && Age(kept) < StaleAtMost ? await InTime(asking) ?? kept with { Stale = true } : await asking;
    }

    /// <summary>Products may hang rather than be gone: who holds an old answer does not wait long for a new one.</summary>
    private async Task<Entry?> InTime(Task<Entry?> asking)
    {
        using var over = new CancellationTokenSource();
        var first = await Task.WhenAny(asking, Task.Delay(PatienceWithAnOldAnswer, _clock, over.Token));
        await over.CancelAsync();
        return first == asking ? await asking : null;
    }

    /// <summary>The products that were read since they were last asked for or confirmed, with what is known of them.</summary>
    public IEnumerable<HeldProduct> BeingRead()
    {
        foreach (var (address, entry) in _kept)
        {
            if (entry is { IsRead: true, ETag: { } tag } && SlugOf(address) is { } slug) yield return new HeldProduct(slug, tag);
        }
    }

    /// <summary>Products still has them so.</summary>
    /// <param name="held">With the tags that were asked about.</param>
    /// <param name="asked">When: a timestamp of the clock, from before Products looked.</param>
    public void Confirm(IEnumerable<HeldProduct> held, long asked)
    {
        foreach (var one in held)
        {
            var address = OneProduct + one.Slug;
            if (_kept.TryGetValue(address, out var entry) && entry.ETag == one.Tag) _kept.TryUpdate(address, entry with { At = asked, IsRead = false }, entry);
        }
    }

    /// <returns>Null for a list, and for a product that was asked for by its id or in a spelling of its own.</returns>
    private static string? SlugOf(string address) =>
        address.StartsWith(OneProduct, StringComparison.Ordinal) && address.AsSpan(OneProduct.Length) is var slug
        && slug.IndexOfAny("?/%") < 0 && !Guid.TryParse(slug, out _) ? slug.ToString() : null;

    private TimeSpan Age(Entry entry) => _clock.GetElapsedTime(entry.At);

    /// <returns>Null when Products is away.</returns>
    private async Task<Entry?> Ask(string address)
    {
        await Task.Yield(); // the entry under _asking exists before it can be removed
        try
        {
            _kept.TryGetValue(address, out var known);
            var answer = await Fetch(address, known);
            if (answer is { Status: 200 } && answer.Body.Length <= MostBytesEach) Keep(address, answer);
            return answer;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
        finally
        {
            _asking.TryRemove(address, out _);
        }
    }

    private async Task<Entry?> Fetch(string address, Entry? known)
    {
        if (_urls.Length == 0) return null;
        using var patience = new CancellationTokenSource(Patience, _clock);
        var url = new Uri(_urls[(uint)Interlocked.Increment(ref _turn) % _urls.Length], address.TrimStart('/'));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (known?.ETag is { } tag) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await _http.SendAsync(request, patience.Token);
        if (response.StatusCode == HttpStatusCode.NotModified && known is not null) return known with { At = _clock.GetTimestamp(), Stale = false };
        if ((int)response.StatusCode >= 500) return null;
        return new Entry((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers.ETag?.ToString(),
            response.Headers.CacheControl?.ToString(), await response.Content.ReadAsByteArrayAsync(patience.Token), _clock.GetTimestamp(), Stale: false);
    }

    private void Keep(string address, Entry answer)
    {
        if (_kept.TryGetValue(address, out var before)) Interlocked.Add(ref _bytes, -before.Body.Length);
        _kept[address] = answer;
        if (Interlocked.Add(ref _bytes, answer.Body.Length) <= MostBytes) return;
        foreach (var (old, entry) in _kept.OrderBy(one => one.Value.At).Take(Math.Max(1, _kept.Count / 4)).ToList())
        {
            if (_kept.TryRemove(old, out _)) Interlocked.Add(ref _bytes, -entry.Body.Length);
        }
    }

    /// <param name="Status">Of the answer.</param>
    /// <param name="ContentType">Its header.</param>
    /// <param name="ETag">Its header.</param>
    /// <param name="CacheControl">Its header.</param>
    /// <param name="Body">All of it.</param>
    /// <param name="At">When Products was last known to say so.</param>
    /// <param name="Stale">Whether it could not be asked for again.</param>
    private sealed record Entry(int Status, string? ContentType, string? ETag, string? CacheControl, byte[] Body, long At, bool Stale)
    {
        private volatile bool _isRead;

        /// <summary>Whether anybody wanted it since <see cref="At"/>. Written once rather than at each read: all processors share it.</summary>
        public bool IsRead
        {
            get => _isRead;
            set
            {
                if (_isRead != value) _isRead = value;
            }
        }
    }

    /// <summary>Answers product reads from the cache; all else goes on.</summary>
    public sealed class Middleware(RequestDelegate next, ProductCache cache)
    {
        /// <summary>Answers or passes on.</summary>
        public async Task Invoke(HttpContext context)
        {
            if (!IsCacheable(context.Request))
            {
                await next(context);
                return;
            }

            var entry = await cache.Get(context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
            if (entry is null) await Problem.Unavailable("products").ExecuteAsync(context);
            else await Write(context, entry);
        }

        private static bool IsCacheable(HttpRequest request) =>
            HttpMethods.IsGet(request.Method)
            && IsForEverybody(request.Path)
            && !request.Headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase);

        /// <summary>What stands below a product, and the export, is staff's: it is asked for with their token.</summary>
        private static bool IsForEverybody(PathString path) => path.StartsWithSegments("/api/products", out var rest)
            ? !rest.StartsWithSegments("/export") && rest.Value!.LastIndexOf('/') <= 0
            : path.StartsWithSegments("/api/categories");

        private static Task Write(HttpContext context, Entry entry)
        {
            var response = context.Response;
            if (entry.ETag is not null) response.Headers.ETag = entry.ETag;
            if (entry.CacheControl is not null) response.Headers.CacheControl = entry.CacheControl;
            if (entry.Stale) response.Headers["Stoa-Stale"] = "true";
            if (entry.Status == 200 && entry.ETag is { } tag && context.Request.Headers.IfNoneMatch is { Count: > 0 } && context.Request.HoldsAlready(tag))
            {
                response.StatusCode = 304;
                return Task.CompletedTask;
            }

            response.StatusCode = entry.Status;
            response.ContentType = entry.ContentType;
            response.ContentLength = entry.Body.Length;
            return response.Body.WriteAsync(entry.Body, context.RequestAborted).AsTask();
        }
    }
}
