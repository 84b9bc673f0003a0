using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Users;

/// <summary>Accounts, sessions, proofs of an address, and the keys that access tokens are signed with.</summary>
public static class Program
{
    /// <summary>Runs the service.</summary>
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    /// <summary>The table of contents.</summary>
    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("users", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.UseOwnKeys((provider, stop) => provider.GetRequiredService<SigningKeys>().Jwks(stop));
        service.AddLoop<SigningKeys>();
        service.AddLoop<ForgetEndedSessions>();
        service.Services.AddSingleton<AccessTokens>()
            .AddSingleton(provider => new Passwords(Passwords.Iterations(service.Options), provider.GetRequiredService<Entropy>()));
        service.Services.AddHostedService<StaffAccount>();

        var app = service.Build();
        app.MapPost("/api/users", SignUp.Handle).Produces<SignUp.View>(201);
        app.MapGet("/api/users/me", ShowProfile.Handle).ForCustomers().Produces<Profile>();
        app.MapPatch("/api/users/me", ChangeProfile.Handle).ForCustomers().Produces<Profile>();
        app.MapDelete("/api/users/me", EraseUser.Handle).ForCustomers().Produces(204);
        app.MapPost("/api/sessions", LogIn.Handle).Produces<SessionView>(201);
        app.MapPost("/api/sessions/guest", StartGuestSession.Handle).Produces<SessionView>(201);
        app.MapPost("/api/sessions/refresh", RefreshSession.Handle).Produces<SessionView>(201);
        app.MapDelete("/api/sessions/current", LogOut.Handle).ForBuyers().Produces(204);
        app.MapPost("/api/password-resets", AskPasswordReset.Handle).Produces(202);
        app.MapPost("/api/password-resets/complete", CompletePasswordReset.Handle).Produces(204);
        app.MapPost("/api/email-confirmations", AskEmailConfirmation.Handle).ForCustomers().Produces(202);
        app.MapPost("/api/email-confirmations/complete", ConfirmEmail.Handle).Produces(204);
        app.MapGet("/api/staff", ListStaff.Handle).ForStaff().Produces<Page<Profile>>();
        app.MapGet("/api/customers", FindCustomers.Handle).ForStaff().Produces<Page<Profile>>();
        app.MapGet("/api/customers/{id:guid}", FindCustomers.One).ForStaff().Produces<Profile>();
        app.MapGet("/.well-known/jwks.json", ShowKeys.Handle);
        app.MapGet("/internal/users/{id:guid}", FindPerson.Handle).ForServices().Produces<Person>();
        app.MapPost("/internal/mailed-links/{id:guid}/token", MakeMailedToken.Handle).ForService("notifications").Produces<MailedLink>();
        return app;
    }
}
