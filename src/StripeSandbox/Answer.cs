using System.Text.Json.Nodes;

namespace Stoa.StripeSandbox;

/// <summary>What a call is answered: a status and an object.</summary>
/// <param name="KeptUnderKey">Whether an Idempotency-Key keeps it for a replay.</param>
public sealed record Answer(int Status, JsonObject Body, bool KeptUnderKey = true)
{
    public static Answer Ok(JsonObject body) => new(200, body);

    public static implicit operator Answer(StripeError error) => new(error.Status, error.ToJson(), error.KeptUnderKey);
}
