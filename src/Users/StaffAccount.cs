using System.Buffers.Text;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Makes the first staff account at start: from <c>STOA_STAFF_EMAIL</c> and <c>STOA_STAFF_PASSWORD</c> where
/// nobody has that address yet, else, where no staff exists, with a random password that is printed once.</summary>
public sealed partial class StaffAccount(
    Database database, Passwords passwords, Entropy entropy, StoaOptions options, TimeProvider clock, ILogger<StaffAccount> log) : IHostedService
{
    private const string DefaultEmail = "staff@stoa.local";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (email, password) = (options["STOA_STAFF_EMAIL"], options["STOA_STAFF_PASSWORD"]);
        if (string.IsNullOrEmpty(email))
        {
            if (await database.Find<string>("SELECT 'staff' FROM users WHERE roles <> 'customer'", stop: cancellationToken) is not null) return;
            email = DefaultEmail;
        }

        if (await Account.Find(database, email, cancellationToken) is not null) return;
        if (!string.IsNullOrEmpty(password)) await Add(email, password, cancellationToken);
        else await AddWithRandomPassword(email, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddWithRandomPassword(string email, CancellationToken stop)
    {
        var password = Base64Url.EncodeToString(entropy.Bytes(15));
        await Add(email, password, stop);
        await Console.Out.WriteLineAsync($"stoa: staff account {email} made, password {password} (shown this once)");
    }

    private async Task Add(string email, string password, CancellationToken stop)
    {
        if (new Validation().Password(password).Problem is not null) LogWeak(log);
        using var turn = await passwords.Wait(stop);
        var account = new Account(entropy.NewId(), "Staff", email, await turn.Hash(password), "admin staff", clock.GetUtcNow(), EmailConfirmed: true);
        await database.Write(tx => Account.Add(account, tx), stop);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "STOA_STAFF_PASSWORD is one that no shopper could choose: too short, too long or too common")]
    private static partial void LogWeak(ILogger log);
}
