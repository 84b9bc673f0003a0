using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>The keys that access tokens are signed with (C3):
/// <list type="number">
/// <item>the first signs at once; each later one is published for more than a cache's lifetime before it signs;</item>
/// <item>one that no longer signs loses its private half;</item>
/// <item>its public half stays for as long as a token of its may serve: a quarter of an hour as access, and 30 days
/// more as the proof of having been a guest.</item>
/// </list></summary>
public sealed class SigningKeys(Database database, Entropy entropy, StoaOptions options, TimeProvider clock) : ILoop, IDisposable
{
    /// <summary>How long others may keep the published keys.</summary>
    public static readonly TimeSpan CacheLifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PublishedFirst = CacheLifetime + Skew;
    private static readonly TimeSpan KeptAfter = AccessTokens.Lives + GuestTokens.GoodAfterEnd + Skew;
    private static readonly TimeSpan Rests = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _rotates = TimeSpan.FromDays(
        int.TryParse(options["Stoa:SigningKeys:RotateDays"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : 30);

    /// <summary>The library's shared cache of signers would keep, by the key's id, one whose key we have disposed of.</summary>
    private readonly CryptoProviderFactory _uncached = new() { CacheSignatureProviders = false };

    private readonly Dictionary<string, ECDsa> _private = new(StringComparer.Ordinal);

    /// <summary>So that an older look never replaces a newer one. Not disposed of: a step may end after the service.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private volatile Signer[] _signers = [];

    public string Name => "signing-keys";

    /// <summary>Makes a new key when one is due, and learns of those that other replicas made.</summary>
    public async Task<TimeSpan> Step(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var rows = await database.Write(Rotated, stop);
            _signers = [.. rows.Select(Load)];
        }
        finally
        {
            _turn.Release();
        }

        return Rests;
    }

    /// <summary>The key that signs now.</summary>
    public async Task<SigningCredentials> Current(CancellationToken stop)
    {
        if (_signers.Length == 0) await Step(stop);
        var (signers, now) = (_signers, clock.GetUtcNow());
        return (signers.LastOrDefault(key => key.From <= now) ?? signers[0]).Credentials; // the first may come from a clock ahead of ours
    }

    /// <summary>The published keys as a JSON Web Key Set (RFC 7517).</summary>
    public async Task<string> Jwks(CancellationToken stop)
    {
        if (_signers.Length == 0) await Step(stop);
        var rows = await database.Query<PublicRow>("SELECT id, x, y FROM signing_keys ORDER BY signs_from", stop: stop);
        return Json.Write(new { keys = rows.Select(row => new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = row.Id, row.X, row.Y }) });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _private.Values) key.Dispose();
    }

    private static Task Retire(Transaction tx) => tx.Execute(
        "UPDATE signing_keys SET private_key = NULL WHERE private_key IS NOT NULL AND signs_until < @before", new { before = tx.Now - Skew });

    private static Task Forget(Transaction tx) => tx.Execute(
        "DELETE FROM signing_keys WHERE signs_until < @before", new { before = tx.Now - KeptAfter });

    private async Task<List<Row>> Rotated(Transaction tx)
    {
        await tx.LockName("signing keys");
        var newest = await tx.Find<DateTimeOffset?>("SELECT signs_from FROM signing_keys ORDER BY signs_from DESC LIMIT 1");
        if (newest is null) await Add(tx, tx.Now);
        else if (tx.Now - newest >= _rotates) await Add(tx, tx.Now + PublishedFirst);
        await Retire(tx);
        await Forget(tx);
        return await tx.Query<Row>("SELECT id, private_key, signs_from FROM signing_keys WHERE private_key IS NOT NULL ORDER BY signs_from");
    }

    private async Task Add(Transaction tx, DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        await tx.Execute("UPDATE signing_keys SET signs_until = @signsFrom WHERE signs_until IS NULL", new { signsFrom });
        await tx.Execute("INSERT INTO signing_keys (id, x, y, private_key, signs_from) VALUES (@id, @x, @y, @secret, @signsFrom)", new
        {
            id = entropy.NewId().ToString(),
            x = Base64Url.EncodeToString(point.X!),
            y = Base64Url.EncodeToString(point.Y!),
            secret = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            signsFrom,
        });
    }

    private Signer Load(Row row)
    {
        if (!_private.TryGetValue(row.Id, out var key))
        {
            _private[row.Id] = key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(row.PrivateKey), out _);
        }

        var named = new ECDsaSecurityKey(key) { KeyId = row.Id, CryptoProviderFactory = _uncached };
        return new Signer(row.SignsFrom, new SigningCredentials(named, SecurityAlgorithms.EcdsaSha256));
    }

    private sealed record Row(string Id, string PrivateKey, DateTimeOffset SignsFrom);

    private sealed record PublicRow(string Id, string X, string Y);

    private sealed record Signer(DateTimeOffset From, SigningCredentials Credentials);
}
