using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using Stoa.Kernel;

namespace Stoa.Micro;

/// <summary>Whose access token it is: at its first request here, by its signature; at every later one, from memory.</summary>
public class TokenChecks
{
    private readonly CheckedTokens _known = new();
    private OneService _service = null!;
    private KeyRing _keys = null!;
    private string _token = "";

    /// <summary>Starts a service that knows its keys.</summary>
    [GlobalSetup]
    public void Start()
    {
        _service = OneService.Start();
        _keys = _service.Get<KeyRing>();
        _token = _service.Tokens.Customer(new Guid(1, 0, 0, new byte[8]));
        _known.Add(_token, new ClaimsPrincipal(), DateTimeOffset.MaxValue);
        if (FirstTime().GetAwaiter().GetResult() is false) throw new InvalidOperationException("the token is not good");
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public void End() => _service.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>By its signature.</summary>
    [Benchmark]
    public async Task<bool> FirstTime() =>
        await AccessTokenCheck.Check(_token, TimeSpan.Zero, _keys, TimeProvider.System, CancellationToken.None) is not null;

    /// <summary>From memory.</summary>
    [Benchmark]
    public bool LaterTimes() => _known.Find(_token, TimeProvider.System.GetUtcNow()) is not null;
}
