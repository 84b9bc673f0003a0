using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Stoa.Kernel;

/// <summary>The public keys that access tokens are signed with: fetched from Users, kept in memory and on disk, so that
/// tokens are checked while Users is down and after a restart (C3). A loop has them before the first token comes, and
/// anew before they are old.</summary>
public sealed partial class KeyRing : ILoop, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly Func<CancellationToken, Task<string>> _fetch;
    private readonly string? _file;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyRing> _log;
    private readonly SemaphoreSlim _one = new(1, 1);
    private Dictionary<string, JsonWebKey> _keys = new(StringComparer.Ordinal);
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    internal KeyRing(Func<CancellationToken, Task<string>> fetch, string? file, TimeProvider clock, ILogger<KeyRing> log)
    {
        _fetch = fetch;
        _file = file;
        _clock = clock;
        _log = log;
    }

    /// <summary>The key of that id.</summary>
    /// <returns>Null when Users knows no such key.</returns>
    /// <exception cref="UnavailableException">The key is not known here and Users cannot be asked, so that nobody knows.</exception>
    public async Task<JsonWebKey?> Find(string keyId, CancellationToken stop)
    {
        if (_keys.TryGetValue(keyId, out var key) && _clock.GetUtcNow() - _fetchedAt < Fresh) return key;
        await Refresh(keyId, stop);
        return _keys.GetValueOrDefault(keyId);
    }

    string ILoop.Name => "keys";

    /// <summary>Renews the keys when they begin to be old; a Users that is away is asked again soon, and says nothing new meanwhile.</summary>
    async Task<TimeSpan> ILoop.Step(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var age = _clock.GetUtcNow() - _fetchedAt;
            if (age < RenewedAfter) return RenewedAfter - age;
            if (_keys.Count == 0) ReadFile();
            await Fetch(stop);
            return RenewedAfter;
        }
        catch (UnavailableException)
        {
            return AskAgain;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _one.Dispose();

    /// <summary>A key that is known serves on while one caller asks for news; who needs an unknown one waits.</summary>
    private async Task Refresh(string wanted, CancellationToken stop)
    {
        if (!await _one.WaitAsync(_keys.ContainsKey(wanted) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, stop)) return;
        try
        {
            if (_keys.Count == 0) ReadFile();
            var now = _clock.GetUtcNow();
            if (_keys.ContainsKey(wanted) && now - _fetchedAt < Fresh) return;
            if (now - _askedAt < AskAgain) // an unknown key id must not make us ask at every request
            {
                if (_fetchedAt < _askedAt && !_keys.ContainsKey(wanted)) throw new UnavailableException("users");
                return;
            }

            _askedAt = now;
            await Fetch(stop);
        }
        catch (UnavailableException fault) when (_keys.ContainsKey(wanted))
        {
            LogStale(_log, fault.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task Fetch(CancellationToken stop)
    {
        var now = _clock.GetUtcNow();
        var json = await _fetch(stop);
        _keys = Parse(json);
        _fetchedAt = now;
        WriteFile(json);
    }

    private void ReadFile()
    {
        if (_file is null || !File.Exists(_file)) return;
        try
        {
            _keys = Parse(File.ReadAllText(_file));
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            LogStale(_log, fault.Message);
        }
    }

    private void WriteFile(string json)
    {
        if (_file is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var fresh = $"{_file}.{Environment.ProcessId}.new"; // replicas share the folder
        File.WriteAllText(fresh, json);
        File.Move(fresh, _file, overwrite: true);
    }

    private static Dictionary<string, JsonWebKey> Parse(string json) =>
        new JsonWebKeySet(json).Keys.ToDictionary(key => key.Kid, StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "signing keys could not be renewed, the known ones stay: {Reason}")]
    private static partial void LogStale(ILogger log, string reason);
}
