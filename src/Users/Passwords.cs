using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Hashes and checks passwords, few at a time: each costs about a tenth of a second of a core, which strangers
/// may ask for. Whoever comes when too many wait is told to try again.</summary>
public sealed class Passwords : IDisposable
{
    private const int LeastIterations = 210_000; // OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512
    private const int MostAtOnce = LoginAttempts.Most - 1; // so that right passwords sent at once never lock their own account
    private const int MostWaiting = 24;

    private readonly PasswordHasher<Passwords> _hasher;
    private readonly ConcurrencyLimiter _limit;
    private readonly string _nobodys;
    private readonly bool _inline;

    /// <param name="iterations">Rounds of each hash; fewer than <see cref="Iterations"/> gives for tests alone.</param>
    /// <param name="entropy">Makes the password that nobody has.</param>
    /// <param name="inline">Whether they are hashed on the caller's thread, for a deterministic run (X1).</param>
    public Passwords(int iterations, Entropy entropy, bool inline = false)
    {
        _inline = inline;
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _limit = new(new() { PermitLimit = Math.Clamp(Environment.ProcessorCount / 2, 1, MostAtOnce), QueueLimit = MostWaiting });
        _nobodys = _hasher.HashPassword(this, Convert.ToHexString(entropy.Bytes(16)));
    }

    /// <summary><c>Stoa:Passwords:Iterations</c>, never below 210,000. After a raise each account follows at its next login.</summary>
    public static int Iterations(StoaOptions options) =>
        int.TryParse(options["Stoa:Passwords:Iterations"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Max(LeastIterations, asked) : LeastIterations;

    /// <summary>Waits for a turn; dispose of it soon.</summary>
    /// <exception cref="UnavailableException">Too many wait already.</exception>
    public async Task<Turn> Wait(CancellationToken stop)
    {
        var permit = await _limit.AcquireAsync(1, stop);
        if (permit.IsAcquired) return new Turn(this, permit);
        permit.Dispose();
        throw new UnavailableException("logging in");
    }

    /// <inheritdoc/>
    public void Dispose() => _limit.Dispose();

    /// <summary>A thread of its own for the work: the pool's few threads have requests to serve.</summary>
    private Task<T> Aside<T>(Func<T> work) => _inline ? Task.FromResult(work())
        : Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The right to work with passwords, one after another.</summary>
    public sealed class Turn(Passwords passwords, RateLimitLease permit) : IDisposable
    {
        /// <summary>The hash to store.</summary>
        public Task<string> Hash(string password) => passwords.Aside(() => passwords._hasher.HashPassword(passwords, password));

        /// <summary>Compares a password with an account's hash. Without an account the same work is done on a hash that
        /// nothing matches, so that the time it takes tells nothing.</summary>
        public async Task<PasswordVerificationResult> Check(string? hash, string password)
        {
            var result = await passwords.Aside(() => passwords._hasher.VerifyHashedPassword(passwords, hash ?? passwords._nobodys, password));
            return hash is null ? PasswordVerificationResult.Failed : result;
        }

        /// <inheritdoc/>
        public void Dispose() => permit.Dispose();
    }
}
