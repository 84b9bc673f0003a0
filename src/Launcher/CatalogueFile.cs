using System.Net;
using System.Text.Json;
using Spectre.Console;

namespace Stoa.Launcher;

/// <summary>The catalogue into and out of a running store as the product CSV that Shopify exports: as staff, and straight
/// to Products, for the Gateway's limits are for shoppers.</summary>
public static class CatalogueFile
{
    private const long MostBytes = 64 << 20;

    /// <summary><c>./stoa import FILE</c>. Products reads the file as it works it off, so what has been sent is the progress.</summary>
    /// <returns>0 when every line landed, 1 when some did not; they are named.</returns>
    public static async Task<int> Import(DataFolder data, string path, CancellationToken stop)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new CannotGoOnException($"There is no file {file.FullName}.");
        if (file.Length > MostBytes) throw new CannotGoOnException($"{file.FullName} is larger than {MostBytes >> 20} MiB, the most that one import takes. Split it between two products; each part begins with the line that names the columns.");
        using var products = await Products(data, stop);
        JsonElement report = default;
        await Screen.Progress("Importing", async say =>
        {
            using var content = new FileContent(file, say);
            using var answer = await Ask(products, () => products.PostAsync("/api/products/import", content, stop), stop);
            report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop)).RootElement;
        });
        return Tell(report);
    }

    /// <summary><c>./stoa export FILE</c>. Whole or not at all: a file that breaks off is not left under its name.</summary>
    public static async Task<int> Export(DataFolder data, string path, CancellationToken stop)
    {
        using var products = await Products(data, stop);
        var unfinished = path + ".new";
        await Screen.Progress("Exporting", async _ =>
        {
            using var answer = await Ask(products, () => products.GetAsync("/api/products/export", HttpCompletionOption.ResponseHeadersRead, stop), stop);
            await using var file = File.Create(unfinished);
            await answer.Content.CopyToAsync(file, stop);
        });
        File.Move(unfinished, path, overwrite: true);
        Console.WriteLine($"The catalogue is in {Path.GetFullPath(path)}.");
        return 0;
    }

    private static async Task<HttpClient> Products(DataFolder data, CancellationToken stop)
    {
        using var staff = await StaffApi.LogIn(data, stop);
        return new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = RunFile.Require(data).Processes.First(process => process.Name == "products").Url,
            Timeout = Timeout.InfiniteTimeSpan, // an import takes as long as it takes; Ctrl-C ends it, and sent again it goes on
            DefaultRequestHeaders = { Authorization = staff.Token },
        };
    }

    private static async Task<HttpResponseMessage> Ask(HttpClient products, Func<Task<HttpResponseMessage>> call, CancellationToken stop)
    {
        try
        {
            var answer = await call();
            return answer.IsSuccessStatusCode ? answer : throw new CannotGoOnException($"Products answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
        }
        catch (HttpRequestException silence)
        {
            throw new CannotGoOnException($"Products at {products.BaseAddress} broke off: {silence.Message.TrimEnd('.')}. What was done stays done; run the command again.");
        }
    }

    private static int Tell(JsonElement report)
    {
        Console.WriteLine($"{report.GetProperty("created")} products created, {report.GetProperty("updated")} updated, {report.GetProperty("unchanged")} unchanged.");
        var (failed, count) = (report.GetProperty("failed"), report.GetProperty("failedLines").GetInt32());
        if (count == 0) return 0;
        Console.WriteLine($"{count} lines did not land:");
        foreach (var one in failed.EnumerateArray()) Console.WriteLine($"  line {one.GetProperty("line")}: {one.GetProperty("reason").GetString()}");
        if (failed.GetArrayLength() < count) Console.WriteLine($"  … and {count - failed.GetArrayLength()} more.");
        return 1;
    }

    /// <summary>A file on its way, told line by line.</summary>
    private sealed class FileContent : HttpContent
    {
        private readonly FileInfo _file;
        private readonly Action<string> _say;

        public FileContent(FileInfo file, Action<string> say)
        {
            (_file, _say) = (file, say);
            Headers.ContentType = new("text/csv") { CharSet = "utf-8" };
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var (block, sent, all) = (new byte[64 * 1024], 0L, await Lines(cancellationToken));
            await using var file = _file.OpenRead();
            while (await file.ReadAsync(block, cancellationToken) is > 0 and var length)
            {
                await stream.WriteAsync(block.AsMemory(0, length), cancellationToken);
                sent += block.AsSpan(0, length).Count((byte)'\n');
                _say(FormattableString.Invariant($"{sent:N0} of {all:N0} lines"));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _file.Length;
            return true;
        }

        private async Task<long> Lines(CancellationToken stop)
        {
            var (block, lines) = (new byte[64 * 1024], 0L);
            await using var file = _file.OpenRead();
            while (await file.ReadAsync(block, stop) is > 0 and var length) lines += block.AsSpan(0, length).Count((byte)'\n');
            return lines;
        }
    }
}
