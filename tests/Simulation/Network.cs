using System.Net;
using System.Text;

namespace Stoa.Simulation;

/// <summary>Carries parcels between services, shoppers and the provider, in the manner of <see cref="Troubles"/>.</summary>
internal sealed class Network(Town town, Timeline timeline, Chance chance, Troubles troubles)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>No connection lives through the night: what was under way when the clock jumped by days does not arrive. (The
    /// provider has forgotten its key by then, and would do it anew; see P13.)</summary>
    private static readonly TimeSpan LongestUnderWay = TimeSpan.FromHours(12);

    /// <summary>The call that left last of those that arrived, by service.</summary>
    private readonly Dictionary<string, int> _arrived = new(StringComparer.Ordinal);

    private int _sent;

    /// <summary>The intents whose confirmation has not been answered.</summary>
    private readonly HashSet<string> _confirmed = new(StringComparer.Ordinal);

    /// <summary>A line for one HttpClient.</summary>
    /// <param name="from">The run of a service that calls; null for shoppers and staff.</param>
    /// <param name="to">As the client names it.</param>
    public HttpMessageHandler Line(Life? from, string to) => new Wire(this, from, to);

    private async Task<HttpResponseMessage> Send(Life? from, string to, HttpRequestMessage request, CancellationToken stop)
    {
        if (from is not null && (from.IsDead || Dies(from, "before a call"))) return await Never();
        var parcel = new Parcel(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, 0, HeadersOf(request),
            request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(CancellationToken.None));
        var link = from is null ? "shopper" : to == "stripe" ? "provider" : to == "gateway" ? "webhook" : "service";
        var target = to switch { "stripe" => "sandbox", "gateway" => "payments", _ => to };
        var fate = troubles.Of(link, target);
        if (link == "provider" && troubles.OfProvider() is { } fault) town.Arrange(fault);
        var confirmed = link == "provider" && parcel.Path.EndsWith("/confirm", StringComparison.Ordinal) ? parcel.Path.Split('/')[^2] : null;
        if (confirmed is not null) ArrangeWebhooks(confirmed);
        chance.Note(timeline.GetUtcNow(), $"{from?.Name ?? "shopper"} > {target} {parcel.Method} {parcel.Path}{parcel.Query} {fate.Loss}");

        var answer = new TaskCompletionSource<Parcel>();
        var gone = new CancellationTokenSource();
        await using var hangUp = stop.Register(() =>
        {
            answer.TrySetCanceled(stop);
            timeline.After(Moment, gone.Cancel);
        });
        Carry(parcel, target, fate, NextTo(target, link), answer, fate.ArrivesAllTheSame ? CancellationToken.None : gone.Token);
        if (fate.Repeated is { } again && MayRepeat(parcel)) Arrive(again, () => Deliver(parcel, target, _ => { }, _ => { }, CancellationToken.None), () => { });
        var came = await Answered(answer.Task, confirmed);
        if (from is not null && (from.IsDead || Dies(from, "after an answer"))) return await Never();
        return Response(came, request);
    }

    /// <summary>What the provider will tell of a confirmation: late, or, of a success, never.</summary>
    private void ArrangeWebhooks(string intent)
    {
        _confirmed.Add(intent);
        if (troubles.LosesWebhook()) town.Arrange(new StripeSandbox.Faults.WebhookFault("payment_intent.succeeded", "drop", TimeSpan.Zero));
        if (troubles.DelaysWebhook() is { } late) town.Arrange(new StripeSandbox.Faults.WebhookFault(late.Type, "delay", late.By));
    }

    private async Task<Parcel> Answered(Task<Parcel> answer, string? confirmed)
    {
        try
        {
            return await answer;
        }
        finally
        {
            if (confirmed is not null) _confirmed.Remove(confirmed);
        }
    }

    /// <summary>Sends a call on its way to a service.</summary>
    /// <returns>What is to be done when it arrives: somebody notes whether one that left later was there before.</returns>
    private Action NextTo(string target, string link)
    {
        var number = ++_sent;
        return () =>
        {
            if (_arrived.GetValueOrDefault(target) > number) troubles.Saw("overtaken", link);
            else _arrived[target] = number;
        };
    }

    private void Carry(Parcel parcel, string target, Fate fate, Action arrives, TaskCompletionSource<Parcel> answer, CancellationToken gone)
    {
        void Break(string why) => timeline.After(fate.Back, () => answer.TrySetException(new HttpRequestException(why)));
        switch (fate.Loss)
        {
            case Loss.Request: Break("connection reset"); return;
            case Loss.Silence: return;
        }

        Arrive(fate.There, () =>
        {
            arrives();
            Deliver(parcel, target, came =>
            {
                if (fate.Loss == Loss.Answer) Break("connection reset");
                else if (fate.Loss == Loss.None) timeline.After(fate.Back, () => answer.TrySetResult(came));
            }, Break, gone);
        }, () => Break("connection reset"));
    }

    private void Arrive(TimeSpan after, Action arrives, Action isLost)
    {
        var left = timeline.GetUtcNow();
        timeline.After(after, () => (timeline.GetUtcNow() - left < LongestUnderWay ? arrives : isLost)());
    }

    /// <summary>Puts a parcel through a service's door.</summary>
    private void Deliver(Parcel parcel, string target, Action<Parcel> answered, Action<string> broke, CancellationToken gone)
    {
        if (town.Alive(target) is not { } life)
        {
            broke("connection refused");
            return;
        }

        if (_confirmed.Count > 0 && IsWebhook(parcel) && _confirmed.Any(Encoding.UTF8.GetString(parcel.Body).Contains)) troubles.Saw("early", "webhook");
        _ = Answer(life, parcel, answered, broke, gone);
    }

    private async Task Answer(Life life, Parcel parcel, Action<Parcel> answered, Action<string> broke, CancellationToken gone)
    {
        var open = life.Opens(() => broke("connection reset"));
        try
        {
            var came = await life.Door.Answer(parcel, gone);
            if (!life.Closes(open)) return;
            chance.Note(timeline.GetUtcNow(), $"{life.Name} {came.Status} {parcel.Method} {parcel.Path}");
            answered(came);
        }
        catch (Exception fault) when (fault is DeadException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            if (life.Closes(open)) broke("connection reset");
        }
    }

    private bool Dies(Life life, string boundary)
    {
        if (!troubles.Kills(life.Name, boundary)) return false;
        town.Kill(life, boundary);
        return true;
    }

    /// <summary>What carries a key or asks for the same at any time. A line set in a cart does not: set again later, it undoes
    /// what came between, and no client does so.</summary>
    private static bool MayRepeat(Parcel parcel) => parcel.Method == "GET" || (parcel.Method == "PUT" && parcel.Path.StartsWith("/internal/", StringComparison.Ordinal)) || parcel.Path.StartsWith("/v1/", StringComparison.Ordinal)
        || parcel.Path is "/api/orders" or "/api/payments" or "/api/refunds" or "/api/cart/merge" || IsWebhook(parcel)
        || parcel.Path.EndsWith("/cancel", StringComparison.Ordinal);

    private static bool IsWebhook(Parcel parcel) => parcel.Path.Contains("webhooks", StringComparison.Ordinal);

    /// <summary>Who called is dead: its code waits for ever, and is forgotten.</summary>
    private static Task<HttpResponseMessage> Never() => new TaskCompletionSource<HttpResponseMessage>().Task;

    private static List<KeyValuePair<string, string>> HeadersOf(HttpRequestMessage request) =>
        [.. request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).Select(one => KeyValuePair.Create(one.Key, string.Join(',', one.Value)))];

    private static HttpResponseMessage Response(Parcel came, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)came.Status) { Content = new ByteArrayContent(came.Body), RequestMessage = request };
        foreach (var (name, value) in came.Headers)
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private sealed class Wire(Network network, Life? from, string to) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => network.Send(from, to, request, cancellationToken);
    }
}
