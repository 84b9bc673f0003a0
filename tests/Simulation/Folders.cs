using System.Security.Cryptography;

namespace Stoa.Simulation;

/// <summary>The services' keys, folders and settings.</summary>
internal static class Folders
{
    public const string StaffEmail = "staff@example.com";
    public const string Password = "an engine weaves algebra";

    private static readonly string Root = Directory.CreateTempSubdirectory("stoa-simulation-").FullName;
    private static readonly Dictionary<string, string> PublicKeys = new(StringComparer.Ordinal);

    /// <summary>The auditor's key: the operator's.</summary>
    public static ECDsa Operator { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static Dictionary<string, string?> Settings(string service, IReadOnlyList<string> services)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Stoa:Database"] = Databases.ConnectionString(service),
            ["Stoa:DataFolder"] = Path.Combine(Root, service),
            ["Stoa:ServiceKeyFile"] = KeyFile(service),
            ["Stoa:PublicUrl"] = "http://stoa",
            ["Stoa:PayWithinMinutes"] = "2",
            ["Stoa:Sandbox:WebhookUrl"] = "http://gateway/api/payments/webhooks/stripe",
            ["STRIPE_SECRET_KEY"] = "sk_test_simulation",
            ["STRIPE_WEBHOOK_SECRET"] = "whsec_simulation",
            ["STRIPE_API_BASE"] = "http://stripe",
            ["STOA_STAFF_EMAIL"] = StaffEmail,
            ["STOA_STAFF_PASSWORD"] = Password,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["Stoa:Services:operator:PublicKey"] = Convert.ToBase64String(Operator.ExportSubjectPublicKeyInfo()),
        };
        foreach (var other in services)
        {
            KeyFile(other);
            settings[$"Stoa:Services:{other}:Url"] = "http://" + other;
            settings[$"Stoa:Services:{other}:PublicKey"] = PublicKeys[other];
        }

        return settings;
    }

    /// <summary>What services keep on disk (public keys, mails) is gone when a run begins.</summary>
    public static void Empty()
    {
        foreach (var folder in Directory.GetDirectories(Root)) Directory.Delete(folder, recursive: true);
    }

    public static void Remove() => Directory.Delete(Root, recursive: true);

    private static string KeyFile(string service)
    {
        var file = Path.Combine(Root, service + ".pem");
        if (PublicKeys.ContainsKey(service)) return file;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        PublicKeys[service] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        return file;
    }
}
