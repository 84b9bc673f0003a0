using Microsoft.Extensions.Configuration;

namespace Stoa.Kernel;

/// <summary>What every service is told at start, under <c>Stoa:</c> in its configuration.</summary>
public sealed class StoaOptions
{
    private readonly IConfiguration _configuration;

    internal StoaOptions(string service, IConfiguration configuration)
    {
        _configuration = configuration;
        Service = service;
        DataFolder = Path.GetFullPath(configuration["Stoa:DataFolder"] ?? Path.Combine("data", service));
        Database = configuration["Stoa:Database"] ?? $"Data Source={Path.Combine(DataFolder, service + ".db")}";
        Currency = configuration["Stoa:Currency"] ?? "USD";
        PublicUrl = (configuration["Stoa:PublicUrl"] ?? "http://localhost:8080").TrimEnd('/');
        ServiceKeyFile = configuration["Stoa:ServiceKeyFile"] ?? Path.Combine(DataFolder, "service.key");
    }

    /// <summary>This service's name, such as <c>orders</c>.</summary>
    public string Service { get; }

    /// <summary><c>Stoa:DataFolder</c>: an absolute path that this service alone writes to. Default <c>data/{service}</c>.</summary>
    public string DataFolder { get; }

    /// <summary><c>Stoa:Database</c>: a connection string, of SQLite (<c>Data Source=…</c>) or PostgreSQL (<c>Host=…</c>).</summary>
    public string Database { get; }

    /// <summary><c>Stoa:Currency</c>: the store's one currency, ISO 4217. Default <c>USD</c>.</summary>
    public string Currency { get; }

    /// <summary><c>Stoa:PublicUrl</c>: where people reach the Gateway, without a slash at the end.</summary>
    public string PublicUrl { get; }

    /// <summary><c>Stoa:ServiceKeyFile</c>: this service's P-256 private key, PKCS#8 PEM; made when missing.</summary>
    public string ServiceKeyFile { get; }

    /// <summary><c>Stoa:Services:{name}:Url</c>: where the named service listens, one address per replica.</summary>
    /// <param name="name">The service's name.</param>
    /// <returns>From 0 addresses.</returns>
    public Uri[] Urls(string name) =>
        [.. (_configuration[$"Stoa:Services:{name}:Url"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => new Uri(url.TrimEnd('/') + "/"))];

    /// <summary><c>Stoa:Services:{name}:PublicKey</c>: base64 of the SubjectPublicKeyInfo of the service's P-256 key.</summary>
    /// <param name="name">The service's name.</param>
    /// <returns>Null when none is configured: that service's tokens are refused.</returns>
    public byte[]? PublicKey(string name) =>
        _configuration[$"Stoa:Services:{name}:PublicKey"] is { Length: > 0 } key ? Convert.FromBase64String(key) : null;

    /// <summary>Any other setting.</summary>
    /// <param name="key">Such as <c>Stoa:Shipping:US</c>.</param>
    public string? this[string key] => _configuration[key];
}
