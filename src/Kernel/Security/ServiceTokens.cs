using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Stoa.Kernel;

/// <summary>How services know each other: a token of five minutes (JWT, ES256) signed with the caller's own key and made
/// for one receiver, which knows the caller's public key from its configuration (C3).</summary>
public sealed class ServiceTokens : IDisposable
{
    /// <summary>The header that carries it, so that a buyer's token may travel beside it.</summary>
    public const string Header = "Stoa-Service-Token";

    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(1);

    private readonly StoaOptions _options;
    private readonly TimeProvider _clock;
    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _made = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ECDsaSecurityKey> _known = new(StringComparer.Ordinal);

    internal ServiceTokens(StoaOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _key = ReadKey(options.ServiceKeyFile);
        _credentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>A token for a receiver, made anew a minute before it ends.</summary>
    /// <param name="receiver">The service's name.</param>
    public string For(string receiver)
    {
        var now = _clock.GetUtcNow();
        if (_made.TryGetValue(receiver, out var made) && made.Until - now > RenewedBefore) return made.Token;
        var until = now + Lives;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Service,
            Audience = receiver,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime - Lives,
            Expires = until.UtcDateTime,
            SigningCredentials = _credentials,
        });
        _made[receiver] = (token, until);
        return token;
    }

    /// <summary>Checks a token that was made for this service.</summary>
    /// <returns>The caller's name and when the token ends; null when it is none of ours.</returns>
    public async Task<(string Service, DateTimeOffset Until)?> Check(string token)
    {
        if (AccessTokenCheck.Read(token)?.Issuer is not { } caller) return null;
        if (KeyOf(caller) is not { } key) return null;
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = caller,
            ValidAudience = _options.Service,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = (_, expires, _, _) => expires > _clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? (caller, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero)) : null;
    }

    /// <summary>A secret of this service's own, made from its private key (HKDF-SHA256, RFC 5869): the same after a restart
    /// and in every replica, and in no database.</summary>
    /// <param name="purpose">What it is for; another purpose gives another secret.</param>
    /// <returns>32 bytes.</returns>
    public byte[] Secret(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.ExportParameters(includePrivateParameters: true).D!, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>Frees the keys.</summary>
    public void Dispose()
    {
        _key.Dispose();
        foreach (var key in _known.Values) key.ECDsa.Dispose();
    }

    private ECDsaSecurityKey? KeyOf(string service)
    {
        if (_known.TryGetValue(service, out var known)) return known;
        if (service.Length is 0 or > 40 || !service.All(char.IsAsciiLetterOrDigit) || _options.PublicKey(service) is not { } bytes) return null;
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(bytes, out _);
        return _known.GetOrAdd(service, new ECDsaSecurityKey(key));
    }

    private static ECDsa ReadKey(string file)
    {
        if (!File.Exists(file)) Make(file);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, settings);
        writer.Write(key.ExportPkcs8PrivateKeyPem());
    }
}
