using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stoa.Audit;

namespace Stoa.Simulation;

/// <summary>Who runs the store: reads the audit, and brings parked events to their effect.</summary>
internal sealed class Operator(Town town, Timeline timeline, Chance chance, Coverage coverage, Troubles troubles)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private bool _hasWork;

    /// <summary>A fault is mended: what it parked is redriven (E6), now and then by two at once.</summary>
    public async Task Redrive(string service)
    {
        _hasWork = true;
        troubles.Shaky = service;
        await (chance.Happens(0.3) ? Task.WhenAll(RedriveUntilAnswered(service), RedriveUntilAnswered(service)) : RedriveUntilAnswered(service));
        troubles.Shaky = null;
    }

    /// <summary>After the last trouble: what was parked since goes too.</summary>
    public Task RedriveTheRest(string service) => _hasWork ? RedriveUntilAnswered(service) : Task.CompletedTask;

    public async Task<Reading> Audit(Journal journal)
    {
        var reader = new StoreReader(Read, journal.Orders);
        var reading = new Reading();
        await foreach (var purchase in reader.Purchases(CancellationToken.None))
        {
            reading.Add(purchase);
            foreach (var state in purchase.Order?.History ?? []) coverage.Reach("order: " + state);
            foreach (var attempt in purchase.Payment?.Attempts ?? []) coverage.Reach("attempt: " + attempt.Status);
            foreach (var refund in purchase.Payment?.Refunds ?? []) coverage.Reach("refund: " + refund.Status);
            if (purchase.Reservation?.Decision is { } decision) coverage.Reach("reservation: " + decision);
        }

        await reader.ReadRest(reading, CancellationToken.None);
        return reading;
    }

    private async Task RedriveUntilAnswered(string service)
    {
        for (var attempt = 1; attempt <= 25; attempt++)
        {
            try
            {
                using var late = new CancellationTokenSource(Patience, timeline);
                using var answer = await Send(HttpMethod.Post, service, "dead-letters/redrive", late.Token);
                if (answer.IsSuccessStatusCode)
                {
                    var said = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(CancellationToken.None));
                    if (said.GetProperty("redriven").GetInt32() > 0) coverage.Reach("operator: redrives parked events");
                    if (said.GetProperty("left").GetArrayLength() == 0) return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                coverage.Reach("operator: hears nothing, and asks again");
            }

            await Task.Delay(chance.Wait(0.2, 2.5), timeline);
        }
    }

    private async Task<Stream?> Read(string service, string path, CancellationToken stop)
    {
        using var answer = await Send(HttpMethod.Get, service, "audit/" + path, stop);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{service} answers {(int)answer.StatusCode} to the audit of {path}: {await answer.Content.ReadAsStringAsync(stop)}");
        return new MemoryStream(await answer.Content.ReadAsByteArrayAsync(stop));
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string service, string path, CancellationToken stop)
    {
        using var http = new HttpClient(town.Network.Line(null, service)) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(method, $"http://{service}/internal/{path}");
        request.Headers.Add("Stoa-Service-Token", Token(service));
        return await http.SendAsync(request, stop);
    }

    private string Token(string receiver)
    {
        var now = timeline.GetUtcNow().ToUnixTimeSeconds();
        var signed = Part(new { alg = "ES256", typ = "JWT" }) + "." + Part(new { iss = "operator", aud = receiver, iat = now, nbf = now - 60, exp = now + 300 });
        return signed + "." + Base64Url.EncodeToString(Folders.Operator.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
