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
        app.MapGet("/api/users/me/addresses", ListAddresses.Handle).ForCustomers().Produces<Page<SavedAddress>>();
        app.MapPost("/api/users/me/addresses", AddAddress.Handle).ForCustomers().Produces<SavedAddress>(201).Produces<SavedAddress>();
        app.MapGet("/api/users/me/addresses/{id:guid}", ListAddresses.One).ForCustomers().Produces<SavedAddress>();
        app.MapPut("/api/users/me/addresses/{id:guid}", ReplaceAddress.Handle).ForCustomers().Produces<SavedAddress>();
        app.MapDelete("/api/users/me/addresses/{id:guid}", RemoveAddress.Handle).ForCustomers().Produces(204);
        app.MapPost("/api/sessions", LogIn.Handle).Produces<SessionView>(201);
        app.MapPost("/api/sessions/guest", StartGuestSession.Handle).Produces<SessionView>(201);
        app.MapPost("/api/sessions/refresh", RefreshSession.Handle).Produces<SessionView>(201);
        app.MapDelete("/api/sessions/current", LogOut.Handle).ForBuyers().Produces(204);
        app.MapPost("/api/password-resets", AskPasswordReset.Handle).Produces(202);
        app.MapPost("/api/password-resets/complete", CompletePasswordReset.Handle).Produces(204);
        app.MapPost("/api/email-confirmations", AskEmailConfirmation.Handle).ForCustomers().Produces(202);
        app.MapPost("/api/email-confirmations/complete", ConfirmEmail.Handle).Produces(204);
        app.MapGet("/api/staff", ListStaff.Handle).ForStaff().Produces<Page<AccountView>>();
        app.MapPost("/api/staff", InviteStaff.Handle).ForAdmins().Produces<AccountView>(201).ProducesProblem(409).ProducesProblem(422);
        app.MapPost("/api/staff/invitations/complete", AcceptInvitation.Handle).Produces(204).ProducesProblem(400).ProducesProblem(422);
        app.MapGet("/api/staff/changes", AccountChanges.List).ForStaff().Produces<Page<AccountChanges.View>>();
        app.MapGet("/api/staff/{id:guid}", ListStaff.One).ForStaff().Produces<AccountView>();
        app.MapDelete("/api/staff/{id:guid}", EraseUser.Member).ForAdmins().Produces(204).ProducesProblem(409);
        app.MapPut("/api/staff/{id:guid}/roles", ChangeRoles.Handle).ForAdmins().Produces<AccountView>().ProducesProblem(409).ProducesProblem(422);
        app.MapPost("/api/staff/{id:guid}/password-link", SendPasswordLink.Handle).ForAdmins().Produces(202).ProducesProblem(429);
        app.MapPost("/api/staff/{id:guid}/lock", LockAccount.OfStaff).ForAdmins().Produces<AccountView>().ProducesProblem(409);
        app.MapPost("/api/staff/{id:guid}/unlock", UnlockAccount.OfStaff).ForAdmins().Produces<AccountView>();
        app.MapGet("/api/customers", FindCustomers.Handle).ForStaff().Produces<Page<AccountView>>();
        app.MapGet("/api/customers/{id:guid}", FindCustomers.One).ForStaff().Produces<AccountView>();
        app.MapDelete("/api/customers/{id:guid}", EraseUser.Customer).ForAdmins().Produces(204);
        app.MapPost("/api/customers/{id:guid}/lock", LockAccount.OfCustomer).ForStaff().Produces<AccountView>();
        app.MapPost("/api/customers/{id:guid}/unlock", UnlockAccount.OfCustomer).ForStaff().Produces<AccountView>();
        app.MapGet("/.well-known/jwks.json", ShowKeys.Handle);
        app.MapGet("/internal/users/{id:guid}", FindPerson.Handle).ForServices().Produces<Person>();
        app.MapGet("/internal/mailed-links/{id:guid}", MakeMailedToken.Look).ForService("notifications").Produces<MailedLink>();
        app.MapPost("/internal/mailed-links/{id:guid}/token", MakeMailedToken.Handle).ForService("notifications").Produces<MailedLink>();
        return app;
    }
}
