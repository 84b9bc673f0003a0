using System.Text;
using System.Text.RegularExpressions;
using Stoa.Kit;

namespace Stoa.Journeys;

/// <summary>What a purchase leaves behind on the disk and in the traces: whoever reads those, the logs, or a copy of a database,
/// finds no secret of anybody, and addresses only with those who keep them.</summary>
public sealed partial class Secrecy(RunningStore store)
{
    private const string Password = "no two stoas are alike";
    private const string Guess = "a guess that nobody made before";
    private const string Trace = "57040a0000000000000000000005ec7e";

    /// <summary>Calls through the Gateway, each of them traced.</summary>
    private Api Gateway
    {
        get
        {
            var gateway = store.Gateway;
            gateway.Http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00000000005ec7e7-01");
            return gateway;
        }
    }

    [Fact]
    public async Task Logs_databases_and_traces_hold_no_secret_and_no_address_of_others()
    {
        var (user, guest) = ("secrecy.user@example.com", "secrecy.guest@example.com");
        var secrets = new List<string?> { Password, Guess };
        secrets.AddRange(await BuysWithAnAccount(user));
        secrets.AddRange(await BuysAsAGuest(guest));
        secrets.AddRange(await WorksAsStaff());
        secrets.AddRange(Directory.GetFiles(store.Data.Secrets).SelectMany(File.ReadAllLines).Where(line => line.Length >= 20 && !line.StartsWith("-----", StringComparison.Ordinal)));

        Assert.All(secrets, secret => Assert.Empty(Holding(secret!)));
        Assert.Equal(["orders"], Holding(guest).Distinct());
        Assert.Equal(["users"], Holding(user).Distinct());
        await Eventually.Is(() => Task.FromResult(store.Traces.Of(Trace).Select(span => span.Name).Intersect(["message password_reset", "message order_paid"]).Count() == 2), "the traces of the mails");
        Assert.True(store.Traces.Holds("message order_paid")); // they are there, and they are read
        Assert.All(secrets.Append(user).Append(guest), secret => Assert.False(store.Traces.Holds(secret!), secret));
        Assert.NotEmpty(Holding("answered 401", "logs").Concat(Holding("\"LogLevel\"", "logs"))); // the logs are there, and they are read
    }

    private async Task<string?[]> BuysWithAnAccount(string email)
    {
        Assert.Equal(201, (await Gateway.Post("/api/users", new { name = "Ada", email, password = Password })).Status);
        Assert.Equal(401, (await Gateway.Post("/api/sessions", new { email, password = Guess })).Status);
        var login = await Gateway.Post("/api/sessions", new { email, password = Password });
        var access = login.Json.GetProperty("accessToken").GetString();
        var refresh = login.Json.GetProperty("refreshToken").GetString();
        var ada = new Shopper(Gateway.As(access), email);
        var order = await ada.Orders(await ada.Finds(8));
        Assert.Equal(402, (await ada.Pays(Shopper.Id(order), "pm_card_visa_chargeDeclined")).Status);
        await ada.Pays(Shopper.Id(order));
        await ada.UntilOrderIs(Shopper.Id(order), "paid");
        Assert.Equal(202, (await Gateway.Post("/api/password-resets", new { email })).Status);
        var token = Token().Match((await MailTo(email, "/reset-password?token=")).Text).Groups[1].Value;
        Assert.Equal(200, (await Gateway.Get($"/reset-password?token={token}")).Status);
        var next = await Gateway.Post("/api/sessions/refresh", new { refreshToken = refresh });
        return [access, refresh, token, next.Json.GetProperty("refreshToken").GetString()];
    }

    private async Task<string?[]> BuysAsAGuest(string email)
    {
        var session = (await Gateway.Post("/api/sessions/guest")).Json;
        var token = session.GetProperty("accessToken").GetString();
        var guest = new Shopper(Gateway.As(token), email);
        var wanted = await guest.Finds(9);
        var order = await guest.Api.Post("/api/orders", new
        {
            items = new[] { new { wanted.Sku, quantity = 1 } },
            shownTotal = wanted.Price,
            email,
            shippingAddress = new { name = "G", line1 = "1 Agora", city = "Athens", postalCode = "10555", country = "GR" },
        }, Shopper.NewKey());
        await guest.Pays(Shopper.Id(order));
        await guest.UntilOrderIs(Shopper.Id(order), "paid");
        var link = Token().Match((await MailTo(email, "/orders/by-link?token=")).Text).Groups[1].Value;
        Assert.Equal(200, (await Gateway.Get($"/api/orders/by-link?token={link}")).Status);
        return [token, session.GetProperty("refreshToken").GetString(), link];
    }

    /// <summary>The webhook wants what does not happen here: nothing is sent to it.</summary>
    private async Task<string?[]> WorksAsStaff()
    {
        var staff = Gateway.As((await store.Staff()).Token);
        var hook = await staff.Post("/api/webhooks", new { url = "https://93.184.215.14/hooks", events = new[] { "product.deleted" } });
        Assert.Equal(201, hook.Status);
        var rotated = await staff.Post($"/api/webhooks/{Shopper.Id(hook)}/secret", new { });
        await staff.Delete($"/api/webhooks/{Shopper.Id(hook)}");
        return [staff.Token, hook.Json.GetProperty("secret").GetString()!["whsec_".Length..], rotated.Json.GetProperty("secret").GetString()!["whsec_".Length..]];
    }

    private async Task<ReceivedMail> MailTo(string email, string holding) => (await Eventually.Get(
        () => Task.FromResult(Array.Find(Mails(), mail => mail.To.Contains(email, StringComparison.Ordinal) && mail.Text.Contains(holding, StringComparison.Ordinal))), mail => mail is not null, "the mail"))!;

    private ReceivedMail[] Mails() =>
        [.. Directory.GetFiles(Path.Combine(store.Data.Of("notifications"), "mail"), "*.eml").Select(file => ReceivedMail.Read(File.ReadAllText(file)))];

    /// <summary>The folders of the store whose logs or databases hold a text.</summary>
    private List<string> Holding(string text, string? folder = null)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(store.Data.FullPath, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Folder: Path.GetRelativePath(store.Data.FullPath, file).Split(Path.DirectorySeparatorChar)))
            .Where(one => Path.GetExtension(one.File) is ".log" or ".db" or ".db-wal" && (folder ?? one.Folder[0]) == one.Folder[0])
            .Where(one => Bytes(one.File).AsSpan().IndexOf(wanted) >= 0).Select(one => one.Folder[0])];
    }

    /// <summary>Its writers go on writing.</summary>
    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    [GeneratedRegex(@"\?token=([\w.-]+)")]
    private static partial Regex Token();
}
