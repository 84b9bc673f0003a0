using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Stoa.Kernel;

namespace Stoa.Backoffice;

/// <summary>Sends files to Products, one after the other, with the token of whoever asked for it: longer than a page may
/// take, whatever becomes of the browser.</summary>
public sealed class RunImports(ImportFolder folder, Gateway gateway, TimeProvider clock) : ILoop
{
    public const string LoopName = "imports";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<Work> _waiting = [];

    private sealed record Work(CatalogueFile File, string Token);

    public string Name => LoopName;

    /// <summary>What is to be done next with a file; the loop is to be woken.</summary>
    public async Task Ask(CatalogueFile file, ImportStep step, string token, CancellationToken stop)
    {
        var asked = file with { Step = step, Status = ImportStatus.Running, Percent = 0, Refusal = null };
        await folder.Keep(asked, stop);
        _waiting.Enqueue(new Work(asked, token));
    }

    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        if (!_waiting.TryDequeue(out var work))
        {
            folder.Forget();
            return BetweenCleanings;
        }

        await folder.Keep(work.File.Step == ImportStep.Preview ? await Run<ImportPreview>(work, "/preview", (file, told) => file with { Preview = told }, stop)
            : await Run<ImportReport>(work, "", (file, told) => file with { Report = told }, stop), stop);
        return TimeSpan.Zero;
    }

    private async Task<CatalogueFile> Run<T>(Work work, string path, Func<CatalogueFile, T, CatalogueFile> told, CancellationToken stop) where T : class
    {
        using var content = new FileContent(folder.PathOf(work.File.Id));
        HttpRequestMessage Request() => new(HttpMethod.Post, new Uri("api/products/import" + path, UriKind.Relative))
        {
            Content = content,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", work.Token) },
        };

        var asking = gateway.Ask<T>(Request, visitor: null, mayRepeat: false, Longest, stop);
        while (await Task.WhenAny(asking, Task.Delay(BetweenBeats, clock, stop)) != asking)
        {
            stop.ThrowIfCancellationRequested();
            await folder.Keep(work.File with { Percent = content.Percent }, stop);
        }

        return await asking switch
        {
            { Ok: true, Value: { } value } => told(work.File, value) with { Status = ImportStatus.Done, Percent = 100 },
            { IsDown: true } => work.File with { Status = ImportStatus.BrokenOff },
            { Status: 401 } => work.File with { Status = ImportStatus.Refused, Refusal = "Your session ended before it was this file's turn. Start it again." },
            var answer => work.File with { Status = ImportStatus.Refused, Refusal = Why(answer.Refusal) },
        };
    }

    private static string Why(Refusal refusal) => refusal.Errors is { Count: > 0 } errors
        ? $"The file's {string.Join("; ", errors.Select(error => $"{error.Key} {string.Join(", and ", error.Value)}"))}."
        : refusal.Detail ?? "The catalogue did not take the file.";

    /// <summary>Knows how much of it is sent. Products reads no faster than it works, so that this is what was done.</summary>
    private sealed class FileContent : HttpContent
    {
        private readonly string _path;
        private readonly long _length;
        private long _sent;

        public FileContent(string path)
        {
            (_path, _length) = (path, new FileInfo(path).Length);
            Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        }

        public int Percent => (int)(100 * Interlocked.Read(ref _sent) / Math.Max(1, _length));

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var file = File.OpenRead(_path);
            var some = new byte[1 << 16];
            for (int read; (read = await file.ReadAsync(some, cancellationToken)) > 0; Interlocked.Add(ref _sent, read)) await stream.WriteAsync(some.AsMemory(0, read), cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
