using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Kernel.Tests;

/// <summary>Two small services for Kernel's own tests: one tells of numbers, the other sums them.</summary>
public static class Sample
{
    public sealed record NumberTold(string Subject, int Value) : IEvent
    {
        public static string Type => "number.told";
        public static int Version => 1;
        public string About() => Subject;
    }

    public sealed record Said(string? Text);

    public static WebApplication Teller(string[] args, Seams? seams) => Teller(args, seams, holdsState: false);

    /// <summary>Whose log keeps only the last number of each subject.</summary>
    public static WebApplication TellerOfState(string[] args, Seams? seams) => Teller(args, seams, holdsState: true);

    private static WebApplication Teller(string[] args, Seams? seams, bool holdsState)
    {
        var service = ServiceHost.Create("teller", args, seams);
        service.AddDatabase(typeof(Sample).Assembly, holdsState);
        var app = service.Build();
        app.MapPost("/tell/{value:int}", (int value, string? subject, Database database, CancellationToken stop) => database.Write(tx =>
        {
            tx.Append(new NumberTold(subject ?? "a", value));
            return Task.FromResult(value);
        }, stop));
        app.MapPost("/echo", (Said said) => Results.Ok(said));
        app.MapGet("/mine", (Buyer buyer) => Results.Ok(new { buyer.Id })).ForBuyers();
        app.MapGet("/staff", () => Results.Ok()).ForStaff();
        app.MapGet("/page", (PageRequest page) => Results.Ok(page));
        app.MapGet("/bug", string () => throw new InvalidCastException("a bug"));
        app.MapGet("/slow", async (CancellationToken stop) => await Task.Delay(Timeout.Infinite, stop));
        return app;
    }

    public static WebApplication Summer(string[] args, Seams? seams)
    {
        var service = ServiceHost.Create("summer", args, seams);
        service.AddDatabase(typeof(Sample).Assembly);
        service.Subscribe("teller", "sums", on => on.On<NumberTold>(Add));
        var app = service.Build();
        app.MapGet("/sum", (Database database, CancellationToken stop) => database.Scalar<long>("SELECT COALESCE(SUM(value), 0) FROM numbers", stop: stop));
        return app;
    }

    private static async Task Add(NumberTold told, Transaction tx)
    {
        if (told.Value < 0) throw new InvalidOperationException("numbers below 0 are not summed");
        await tx.Execute("INSERT INTO numbers (value) VALUES (@Value)", new { told.Value });
    }
}
