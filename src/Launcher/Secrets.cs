using System.Buffers.Text;
using System.Security.Cryptography;

namespace Stoa.Launcher;

/// <summary>Who may run the shop.</summary>
/// <param name="IsNew">Made just now, so that a person has to be told.</param>
public sealed record Staff(string Email, string Password, bool IsNew);

/// <summary>The secrets that a store on one machine makes for itself, each once, readable by its owner only.</summary>
public sealed class Secrets
{
    private const string ServerFile = "postgres";

    private readonly string _folder;
    private readonly Func<string, string?> _environment;

    public Secrets(DataFolder data, Func<string, string?> environment)
    {
        _folder = data.Secrets;
        _environment = environment;
        DataFolder.MakePrivate(_folder);
    }

    public string StaffFile => Path.Combine(_folder, "staff");

    /// <summary>Whether the staff account is the environment's or one that was made before.</summary>
    public bool KnowsStaff => File.Exists(StaffFile) || (_environment("STOA_STAFF_EMAIL") is not null && _environment("STOA_STAFF_PASSWORD") is not null);

    /// <summary>The service's own P-256 key, as the path of its PKCS#8 file, and the public half for everybody else.</summary>
    public (string File, string PublicKey) ServiceKey(string service)
    {
        var pem = Once(service + ".pem", NewKey);
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return (Path.Combine(_folder, service + ".pem"), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The provider's key: the environment's, or one that the sandbox accepts.</summary>
    public string StripeSecretKey() => _environment("STRIPE_SECRET_KEY") ?? Once("stripe_secret_key", () => "sk_test_" + Text(24));

    /// <summary>What the provider signs its webhooks with.</summary>
    public string StripeWebhookSecret() => _environment("STRIPE_WEBHOOK_SECRET") ?? Once("stripe_webhook_secret", () => "whsec_" + Text(24));

    /// <summary>The staff account: the environment's, or one with a random password.</summary>
    public Staff Staff()
    {
        var email = _environment("STOA_STAFF_EMAIL");
        var password = _environment("STOA_STAFF_PASSWORD");
        if (email is not null && password is not null) return new Staff(email, password, IsNew: false);

        var isNew = !File.Exists(StaffFile);
        var lines = Once("staff", () => $"{email ?? "staff@stoa.local"}\n{password ?? Text(18)}\n").Split('\n');
        return new Staff(lines[0], lines[1], isNew);
    }

    /// <summary>Begins the names of the store's databases and roles, so that several stores may share a server.</summary>
    public string DatabasePrefix() => Once("postgres_prefix", () => "stoa_" + RandomNumberGenerator.GetHexString(6, lowercase: true));

    /// <summary>The password of a service's role at the database server.</summary>
    public string DatabasePassword(string service) => Once($"postgres_{service}", () => Text(24));

    /// <summary>The way to the database server that the store was started on; null for a store without one.</summary>
    public string? Server => ServerOf(_folder);

    /// <summary>Remembers the way to the server, so that a later start without it does not begin with an empty store.</summary>
    public void KeepServer(string connection) => Keep(ServerFile, connection);

    /// <summary>As <see cref="Server"/>, of a folder that may not even exist yet.</summary>
    public static string? ServerOf(DataFolder data) => ServerOf(data.Secrets);

    /// <summary>Keeps a text that its owner alone can read.</summary>
    /// <returns>Its path.</returns>
    public string Keep(string name, string text)
    {
        Write(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    private static string? ServerOf(string folder) =>
        File.Exists(Path.Combine(folder, ServerFile)) ? File.ReadAllText(Path.Combine(folder, ServerFile)) : null;

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string Text(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    private string Once(string name, Func<string> make)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path)) Write(path, make());
        return File.ReadAllText(path);
    }

    /// <summary>Whole or not at all: half a key after a crash would stop the store for ever.</summary>
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path + ".new", options)) writer.Write(text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
