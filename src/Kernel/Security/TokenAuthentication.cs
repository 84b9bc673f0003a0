using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Stoa.Kernel;

/// <summary>Access tokens that were found good, until they end: checking a signature once is enough.</summary>
internal sealed class CheckedTokens
{
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Who, DateTimeOffset Until)> _good = new(StringComparer.Ordinal);
    private int _added; // the dictionary's own count takes all of its locks

    public ClaimsPrincipal? Find(string token, DateTimeOffset now)
    {
        if (!_good.TryGetValue(token, out var found)) return null;
        if (found.Until > now) return found.Who;
        _good.TryRemove(token, out _);
        return null;
    }

    public void Add(string token, ClaimsPrincipal who, DateTimeOffset until)
    {
        if (Interlocked.Increment(ref _added) > Most)
        {
            _good.Clear();
            _added = 0;
        }

        _good[token] = (who, until);
    }
}

/// <summary><c>Authorization: Bearer</c>: a buyer's or staff's access token, ES256 by one of Users' keys.</summary>
internal sealed class BuyerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, KeyRing keys, CheckedTokens good, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Buyer";
    private const string Prefix = "Bearer ";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var token = header[Prefix.Length..].Trim();
        if (good.Find(token, clock.GetUtcNow()) is { } known) return Success(known);
        try
        {
            return await Check(token);
        }
        catch (UnavailableException fault)
        {
            return AuthenticateResult.Fail(fault); // nobody knows whose it is: a public route answers all the same, any other 503
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is UnavailableException away)
        {
            await Problem.Unavailable(away.What).ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count > 0 ? "Bearer error=\"invalid_token\"" : "Bearer";
        await Problem.Of(401, "unauthenticated", "Send a valid access token.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(403, "forbidden", "This token does not allow that.").ExecuteAsync(Context);

    private async Task<AuthenticateResult> Check(string token)
    {
        if (await AccessTokenCheck.Check(token, Skew, keys, clock, Context.RequestAborted) is not { } result) return AuthenticateResult.Fail("not valid");
        var who = new ClaimsPrincipal(new ClaimsIdentity(result.ClaimsIdentity.Claims, SchemeName, TokenClaims.Subject, TokenClaims.Roles));
        good.Add(token, who, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
        return Success(who);
    }

    private static AuthenticateResult Success(ClaimsPrincipal who) => AuthenticateResult.Success(new AuthenticationTicket(who, SchemeName));
}

/// <summary><c>Stoa-Service-Token</c>: another service, for everything under <c>/internal</c>.</summary>
internal sealed class ServiceAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ServiceTokens tokens, CheckedTokens good, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Service";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers[ServiceTokens.Header].ToString();
        if (token.Length is 0 or > 4096) return AuthenticateResult.NoResult();
        var key = "service " + token;
        if (good.Find(key, clock.GetUtcNow()) is { } known) return AuthenticateResult.Success(new AuthenticationTicket(known, SchemeName));
        if (await tokens.Check(token) is not { } caller) return AuthenticateResult.Fail("not a token for this service");
        var who = new ClaimsPrincipal(new ClaimsIdentity([new Claim("service", caller.Service)], SchemeName));
        good.Add(key, who, caller.Until);
        return AuthenticateResult.Success(new AuthenticationTicket(who, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Stoa-Service";
        return Problem.Of(401, "unauthenticated", "Only the store's own services may ask this.").ExecuteAsync(Context);
    }
}
