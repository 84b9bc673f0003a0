using System.IO.Pipelines;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stoa.Simulation;

/// <summary>A request or an answer on its way.</summary>
/// <param name="Method">Empty for an answer.</param>
/// <param name="Status">0 for a request.</param>
internal sealed record Parcel(string Method, string Path, string Query, int Status, List<KeyValuePair<string, string>> Headers, byte[] Body);

/// <summary>A server without a socket: requests come as parcels.</summary>
internal sealed class Door : IServer
{
    private Func<Parcel, CancellationToken, Task<Parcel>>? _answer;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _answer = (request, gone) => Answer(application, request, gone);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Parcel> Answer(Parcel request, CancellationToken gone) => _answer!(request, gone);

    public void Dispose()
    {
        // nothing is held
    }

    private static async Task<Parcel> Answer<TContext>(IHttpApplication<TContext> application, Parcel request, CancellationToken gone) where TContext : notnull
    {
        using var response = new Response();
        var features = new FeatureCollection();
        var asked = new HttpRequestFeature { Method = request.Method, Path = request.Path, QueryString = request.Query, Protocol = "HTTP/1.1", Scheme = "http", Body = new MemoryStream(request.Body, writable: false) };
        foreach (var (name, value) in request.Headers) asked.Headers.Append(name, value);
        asked.Headers.ContentLength = request.Body.Length;
        features.Set<IHttpRequestFeature>(asked);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(request.Body.Length > 0));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = gone });
        var context = application.CreateContext(features);
        await application.ProcessRequestAsync(context);
        await response.End();
        application.DisposeContext(context, null);
        return new Parcel("", request.Path, "", response.StatusCode, [.. response.Headers.Select(one => KeyValuePair.Create(one.Key, one.Value.ToString()))], response.Bytes);
    }

    private sealed record HasBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    private sealed class Response : HttpResponseFeature, IHttpResponseBodyFeature, IDisposable
    {
        private readonly MemoryStream _body = new();
        private readonly List<(Func<object, Task> Callback, object State)> _starting = [];
        private PipeWriter? _writer;

        public byte[] Bytes => _body.ToArray();

        public Stream Stream => _body;

        public PipeWriter Writer => _writer ??= PipeWriter.Create(_body, new StreamPipeWriterOptions(leaveOpen: true));

        public override void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

        public async Task End()
        {
            if (_writer is not null) await _writer.FlushAsync();
            foreach (var (callback, state) in Enumerable.Reverse(_starting)) await callback(state);
        }

        public void Dispose() => _body.Dispose();

        public void DisableBuffering()
        {
            // all of it is kept until the end
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async Task CompleteAsync()
        {
            if (_writer is not null) await _writer.FlushAsync();
        }
    }
}
