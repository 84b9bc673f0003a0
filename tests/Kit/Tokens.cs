using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stoa.Kernel;

namespace Stoa.Kit;

/// <summary>Makes access tokens as Users would, and service tokens as a neighbour would, for services that run without them.</summary>
public sealed class Tokens : IDisposable
{
    private readonly ECDsa _users = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _service = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider _clock;
    private readonly string _keyId;

    public Tokens(TimeProvider clock, string keyId = "test")
    {
        _clock = clock;
        _keyId = keyId;
    }

    /// <summary>The JSON Web Key Set of these tokens.</summary>
    public string Jwks
    {
        get
        {
            var point = _users.ExportParameters(false).Q;
            return JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = _keyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
            });
        }
    }

    /// <summary>The public key of the service <c>test</c>, as configuration wants it.</summary>
    public string ServicePublicKey => Convert.ToBase64String(_service.ExportSubjectPublicKeyInfo());

    public string Guest(Guid id) => Make(id, ["guest"], []);

    public string Customer(Guid id, params Guid[] guests) => Make(id, ["customer"], guests);

    public string Staff(Guid id) => Make(id, ["staff"], []);

    public string Admin(Guid id) => Make(id, ["admin"], []);

    /// <summary>An access token of Users' making.</summary>
    public string Make(Guid id, string[] roles, Guid[] guests, TimeSpan? lives = null) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = TokenClaims.Issuer,
        Audience = TokenClaims.Audience,
        IssuedAt = _clock.GetUtcNow().UtcDateTime,
        Expires = (_clock.GetUtcNow() + (lives ?? TimeSpan.FromMinutes(15))).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = id.ToString(), ["roles"] = roles, ["guests"] = guests.Select(guest => guest.ToString()).ToArray() },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_users) { KeyId = _keyId }, SecurityAlgorithms.EcdsaSha256),
    });

    /// <summary>A token of the service <c>test</c> for a receiver.</summary>
    public string Service(string receiver) => Service("test", _service, receiver);

    /// <summary>A token of one of the store's services, with its own key, for a receiver.</summary>
    public string Service(string caller, ECDsa key, string receiver) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = caller,
        Audience = receiver,
        IssuedAt = _clock.GetUtcNow().UtcDateTime,
        Expires = _clock.GetUtcNow().AddMinutes(5).UtcDateTime,
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false }, // a key may be gone after its one token
        },
    });

    public void Dispose()
    {
        _users.Dispose();
        _service.Dispose();
    }
}
