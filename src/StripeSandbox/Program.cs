using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>A faithful subset of Stripe's HTTP API, with a bank's durable record behind it, for development and tests.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => ServiceHost.Run(() => Build(args));

    public static WebApplication Build(string[] args, Seams? seams = null)
    {
        var service = ServiceHost.Create("sandbox", args, seams);
        service.AddDatabase(typeof(Program).Assembly);
        service.AddLoop<DeliverWebhooks>();
        service.AddLoop<SettleLater>();
        service.Services.AddSingleton(provider => SandboxOptions.From(service.Options, provider.GetRequiredService<Entropy>()));
        service.Services.AddSingleton<Sandbox>().AddSingleton<StripeCalls>().AddSingleton<Faults>();

        var app = service.Build();
        app.Services.GetRequiredService<SandboxOptions>(); // a live key ends the start, not the first payment
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1"), stripe => stripe.UseMiddleware<ReceiveCall>());

        // Stripe describes this API; it is no part of the store's own document.
        var v1 = app.MapGroup("/v1").WithMetadata(new KeepsItsOwnTime()).ExcludeFromDescription();
        v1.MapPost("/payment_intents", CreatePaymentIntent.Handle);
        v1.MapGet("/payment_intents", ReadIntents.List);
        v1.MapGet("/payment_intents/{id}", ReadIntents.One);
        v1.MapPost("/payment_intents/{id}/confirm", ConfirmPaymentIntent.Handle);
        v1.MapPost("/payment_intents/{id}/cancel", CancelPaymentIntent.Handle);
        v1.MapPost("/checkout/sessions", CreateSession.Handle);
        v1.MapGet("/checkout/sessions", ReadSessions.List);
        v1.MapGet("/checkout/sessions/{id}", ReadSessions.One);
        v1.MapPost("/checkout/sessions/{id}/expire", ExpireSession.Handle);
        v1.MapGet("/charges", ReadCharges.List);
        v1.MapGet("/charges/{id}", ReadCharges.One);
        v1.MapPost("/refunds", CreateRefund.Handle);
        v1.MapGet("/refunds", ReadRefunds.List);
        v1.MapGet("/refunds/{id}", ReadRefunds.One);
        v1.MapGet("/payment_methods/{id}", ReadPaymentMethod.Handle);
        v1.MapGet("/events", ReadEvents.List);
        v1.MapGet("/events/{id}", ReadEvents.One);

        var helpers = v1.MapGroup("/test_helpers/stoa");
        helpers.MapPost("/faults", ArrangeFaults.ForRequests);
        helpers.MapPost("/webhooks", ArrangeFaults.ForWebhooks);
        helpers.MapPost("/clear", ArrangeFaults.Clear);
        helpers.MapPost("/idempotency_keys/forget", ArrangeFaults.ForgetKeys);

        app.MapGet("/sandbox", ShowSandbox.Handle).ExcludeFromDescription();
        app.MapGet("/internal/audit/charges", TellBankFacts.Handle).ForServices();
        app.MapGet("/sandbox/checkout/{id}", HostedCheckout.Show).ExcludeFromDescription();
        app.MapPost("/sandbox/checkout/{id}", HostedCheckout.Pay).ExcludeFromDescription().DisableAntiforgery();
        app.MapGet("/sandbox/3ds/{id}", Cardholder.Ask).ExcludeFromDescription();
        app.MapPost("/sandbox/3ds/{id}", Cardholder.Decide).ExcludeFromDescription().DisableAntiforgery();
        return app;
    }
}
