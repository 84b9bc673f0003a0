using System.Text.Json;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The provider tells that something happened. It is taken as a hint: stored by its event's id, answered 2xx only
/// then, and followed later by reading the object itself again (P12). Nothing else of its body is kept.</summary>
public static class ReceiveWebhook
{
    private const int LongestId = 200;

    public static async Task<IResult> Handle(HttpRequest request, StoaOptions options, Database database, LoopRegistry loops, TimeProvider clock, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, stop);
        var body = raw.ToArray();
        if (!StripeSignature.Verifies(request.Headers["Stripe-Signature"].ToString(), body, options["STRIPE_WEBHOOK_SECRET"] ?? "", clock.GetUtcNow()))
            return Problem.Of(400, "signature_invalid", "The Stripe-Signature does not fit this body, or is older than five minutes.");
        if (Read(body) is not { } hint) return Problem.Of(400, "malformed", "The body is not an event.");

        await database.Write(async tx =>
        {
            await tx.Execute("""
                INSERT INTO hints (event_id, type, object_id, received_at, tries, next_attempt_at)
                VALUES (@EventId, @Type, @ObjectId, @Now, 0, @Now) ON CONFLICT (event_id) DO NOTHING
                """, new { hint.EventId, hint.Type, hint.ObjectId, tx.Now });
            tx.OnCommitted(() => loops.Wake(FollowHints.LoopName));
        }, stop);
        return TypedResults.Ok(new { received = true });
    }

    private static Hint? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Text("id") is { } id && json.RootElement.Text("type") is { } type
                && json.RootElement.Part("data")?.Part("object")?.Text("id") is { } thing
                && Fits(id) && Fits(type) && Fits(thing) ? new Hint(id, type, thing, 0) : null;
        }
        catch (JsonException)
        {
            return null; // the caller is told so
        }
    }

    /// <summary>Ids go into addresses: only what an id is made of.</summary>
    private static bool Fits(string id) => id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
}
