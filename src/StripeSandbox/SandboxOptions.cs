using System.Globalization;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>The sandbox's settings.</summary>
/// <param name="SecretKey">The one key it takes: <c>STRIPE_SECRET_KEY</c>, or one of its own making in its data folder.</param>
/// <param name="WebhookSecret">What signs webhooks: <c>STRIPE_WEBHOOK_SECRET</c>, or one of its own making.</param>
/// <param name="WebhookUrl">Where webhooks go: <c>Stoa:Sandbox:WebhookUrl</c>, or the Gateway's address for them; null: nowhere.</param>
/// <param name="WebhookEvents">Their types, as an endpoint's <c>enabled_events</c> (https://docs.stripe.com/api/webhook_endpoints/create):
/// <c>Stoa:Sandbox:WebhookEvents</c>, with commas between them; empty: all.</param>
/// <param name="PublicUrl">Where browsers reach its pages: the Gateway, or itself when there is none.</param>
/// <param name="SettlingDelay">How long a bank takes over a debit or a slow refund: <c>Stoa:Sandbox:SettlingSeconds</c>.</param>
public sealed record SandboxOptions(string SecretKey, string WebhookSecret, Uri? WebhookUrl, IReadOnlySet<string> WebhookEvents, string PublicUrl, TimeSpan SettlingDelay)
{
    public const string WebhookPath = "api/payments/webhooks/stripe";

    /// <exception cref="InvalidOperationException">A live key: a sandbox must never hold one.</exception>
    public static SandboxOptions From(StoaOptions stoa, Entropy entropy)
    {
        var gateway = stoa.Urls("gateway").FirstOrDefault();
        var key = stoa["STRIPE_SECRET_KEY"] is { Length: > 0 } given ? given : OwnSecret(stoa, entropy, "secret.key", "sk_test_");
        if (key.Contains("_live_", StringComparison.Ordinal))
            throw new InvalidOperationException("STRIPE_SECRET_KEY is a live key, and the sandbox refuses live keys. Leave the sandbox out to use Stripe itself.");
        return new SandboxOptions(
            key,
            stoa["STRIPE_WEBHOOK_SECRET"] is { Length: > 0 } secret ? secret : OwnSecret(stoa, entropy, "webhook.secret", "whsec_"),
            stoa["Stoa:Sandbox:WebhookUrl"] is { Length: > 0 } url ? new Uri(url) : gateway is null ? null : new Uri(gateway, WebhookPath),
            (stoa["Stoa:Sandbox:WebhookEvents"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal),
            gateway is null && stoa["Stoa:PublicUrl"] is null ? stoa["urls"]?.Split(';')[0].TrimEnd('/') ?? "http://localhost:5000" : stoa.PublicUrl,
            TimeSpan.FromSeconds(double.Parse(stoa["Stoa:Sandbox:SettlingSeconds"] ?? "3", CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether events of a type are sent.</summary>
    public bool Sends(string type) => WebhookUrl is not null && (WebhookEvents.Count == 0 || WebhookEvents.Contains(type));

    /// <summary>A secret made at the first start, readable by its owner alone, so that none stands in the repository.</summary>
    private static string OwnSecret(StoaOptions stoa, Entropy entropy, string file, string prefix)
    {
        Directory.CreateDirectory(stoa.DataFolder);
        var path = Path.Combine(stoa.DataFolder, file);
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        var secret = StripeId.New(entropy, prefix, 32);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(secret);
        return secret;
    }
}
