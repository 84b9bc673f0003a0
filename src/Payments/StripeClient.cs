using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments;

/// <summary>The one way to the payment provider: Stripe's HTTP API (https://docs.stripe.com/api), at Stripe or at the
/// sandbox. It never throws for what the provider does or fails to do: that is an answer.</summary>
public sealed partial class StripeClient : IDisposable
{
    /// <summary>The version whose shapes we read; stored with each attempt, so that a repetition says the same (P9).</summary>
    public const string ApiVersion = "2025-03-31.basil";

    /// <summary>Names the order in an intent's metadata.</summary>
    public const string OrderIdKey = "order_id";

    /// <summary>Names the refund in its own metadata (P13).</summary>
    public const string RefundIdKey = "refund_id";

    private const string Method = "expand[0]=payment_method";
    private const string MethodOfSession = "expand[0]=payment_intent.payment_method";
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ILogger<StripeClient> _log;

    public StripeClient(Outbound outbound, StoaOptions options, TimeProvider clock, ILogger<StripeClient> log)
    {
        ArgumentNullException.ThrowIfNull(outbound);
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _log = log;
        _http = outbound.Http("stripe");
        _http.BaseAddress = Address(options);
        _http.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options["STRIPE_SECRET_KEY"] ?? "");
    }

    public Task<ProviderAnswer<Intent>> CreateIntent(string form, string key) => Post("payment_intents", form, ApiVersion, key, Intent.Read);

    public Task<ProviderAnswer<Intent>> CreateSession(string form, string key) =>
        Post("checkout/sessions", form, ApiVersion, key, json => CheckoutSession.Read(json) with { Id = json.Must("id") });

    public Task<ProviderAnswer<Intent>> Confirm(string intentId, string form, string apiVersion, Guid attemptId) =>
        Post($"payment_intents/{intentId}/confirm", form, apiVersion, attemptId.ToString(), Intent.Read);

    /// <param name="intentId">An intent's, or a session's: then the intent that it stands for.</param>
    public Task<ProviderAnswer<Intent>> ReadIntent(string intentId) => CheckoutSession.Is(intentId)
        ? Get($"checkout/sessions/{intentId}?{MethodOfSession}", CheckoutSession.Read)
        : Get($"payment_intents/{intentId}?{Method}", Intent.Read);

    /// <summary>Cancels an intent, or expires a session, whose intent Stripe lets nobody cancel. Without a key: a key would repeat
    /// the refusal of one that can be canceled by now, and canceling twice does no harm.</summary>
    public Task<ProviderAnswer<Intent>> Cancel(string intentId) => CheckoutSession.Is(intentId)
        ? Post($"checkout/sessions/{intentId}/expire", MethodOfSession, ApiVersion, null, CheckoutSession.Read)
        : Post($"payment_intents/{intentId}/cancel", Form(("cancellation_reason", "abandoned")), ApiVersion, null, Intent.Read);

    /// <summary>The sessions that made an intent: one, or none.</summary>
    public Task<ProviderAnswer<ProviderPage<string>>> SessionsOf(string intentId) =>
        Get($"checkout/sessions?payment_intent={intentId}", ProviderPage<string>.Of(session => session.Must("id")));

    public Task<ProviderAnswer<ProviderRefund>> CreateRefund(string form, string apiVersion, Guid refundId) =>
        Post("refunds", form, apiVersion, refundId.ToString(), ProviderRefund.Read);

    public Task<ProviderAnswer<ProviderRefund>> ReadRefund(string providerRefundId) => Get($"refunds/{providerRefundId}", ProviderRefund.Read);

    /// <summary>An intent's refunds, a page of them.</summary>
    public Task<ProviderAnswer<ProviderPage<ProviderRefund>>> ListRefunds(string intentId, string? after) =>
        Get($"refunds?payment_intent={intentId}&{Page(after)}", ProviderPage<ProviderRefund>.Of(ProviderRefund.Read));

    /// <summary>All refunds made since, a page of them.</summary>
    public Task<ProviderAnswer<ProviderPage<ProviderRefund>>> ListRefunds(DateTimeOffset since, string? after) =>
        Get($"refunds?{Since(since)}&{Page(after)}", ProviderPage<ProviderRefund>.Of(ProviderRefund.Read));

    /// <summary>All intents made since, with their charges, a page of them.</summary>
    public Task<ProviderAnswer<ProviderPage<ProviderCharge>>> ListCharges(DateTimeOffset since, string? after) =>
        Get($"payment_intents?expand[0]=data.latest_charge&{Since(since)}&{Page(after)}", ProviderPage<ProviderCharge>.Of(ProviderCharge.Read));

    public Task<ProviderAnswer<ProviderCharge>> ReadCharge(string intentId) => Get($"payment_intents/{intentId}?expand[0]=latest_charge", ProviderCharge.Read);

    /// <summary>A form as it is stored and sent.</summary>
    public static string Form(params (string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));

    public static string IntentForm(AmountDue due)
    {
        ArgumentNullException.ThrowIfNull(due);
        return Form(
            ("amount", due.Total.Amount.ToString(CultureInfo.InvariantCulture)), ("currency", due.Total.Currency.ToLowerInvariant()),
            ("description", $"Order {due.Number}"), ($"metadata[{OrderIdKey}]", due.OrderId.ToString()), ("automatic_payment_methods[enabled]", "true"));
    }

    public static string ConfirmationForm(string method, string returnUrl) =>
        Form(("payment_method", method), ("return_url", returnUrl), ("expand[0]", "payment_method"));

    public static string RefundForm(string intentId, Money amount, Guid refundId) => Form(
        ("payment_intent", intentId), ("amount", amount.Amount.ToString(CultureInfo.InvariantCulture)),
        ("reason", "requested_by_customer"), ($"metadata[{RefundIdKey}]", refundId.ToString()));

    public void Dispose() => _http.Dispose();

    private static Uri Address(StoaOptions options) => new(
        (options["STRIPE_API_BASE"] is { Length: > 0 } given ? given : options.Urls("sandbox").FirstOrDefault()?.ToString() ?? "https://api.stripe.com").TrimEnd('/') + "/v1/");

    private static string Page(string? after) => $"limit=100{(after is null ? "" : "&starting_after=" + after)}";

    private static string Since(DateTimeOffset since) => $"created[gte]={since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";

    private Task<ProviderAnswer<T>> Get<T>(string path, Func<JsonElement, T> read) where T : class =>
        Send(() => Request(HttpMethod.Get, path, ApiVersion, null), read);

    private Task<ProviderAnswer<T>> Post<T>(string path, string form, string apiVersion, string? key, Func<JsonElement, T> read) where T : class => Send(() =>
    {
        var request = Request(HttpMethod.Post, path, apiVersion, key);
        request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return request;
    }, read);

    private static HttpRequestMessage Request(HttpMethod method, string path, string apiVersion, string? key)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Stripe-Version", apiVersion);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    /// <summary>No caller's token ends a call: what the provider began it also finishes (P6).</summary>
    private async Task<ProviderAnswer<T>> Send<T>(Func<HttpRequestMessage> make, Func<JsonElement, T> read) where T : class
    {
        using var request = make();
        using var late = new CancellationTokenSource(TimeAllowed(), _clock);
        try
        {
            using var response = await _http.SendAsync(request, late.Token);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(late.Token));
            return response.IsSuccessStatusCode ? new ProviderAnswer<T>(Said.Object, read(body.RootElement)) : Failure<T>(response, body.RootElement);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            LogAway(_log, request.Method.Method, fault.GetType().Name);
            return new ProviderAnswer<T>(Said.NotYet);
        }
    }

    private ProviderAnswer<T> Failure<T>(HttpResponseMessage response, JsonElement body) where T : class
    {
        var status = (int)response.StatusCode;
        var error = body.Part("error");
        var code = error is { } told ? StripeJson.ErrorCode(told) : null;
        LogRefused(_log, status, code);
        return response.StatusCode switch
        {
            HttpStatusCode.PaymentRequired => new ProviderAnswer<T>(Said.CardError, Code: code, Method: StripeJson.Method(error?.Part("payment_method"))),
            HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ProviderAnswer<T>(Said.NotYet),
            _ when status >= 500 => new ProviderAnswer<T>(IsReplay(response) ? Said.BrokeForGood : Said.NotYet),
            _ => new ProviderAnswer<T>(Said.Refused, Code: code),
        };
    }

    private static bool IsReplay(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Contains("true", StringComparer.OrdinalIgnoreCase);

    /// <summary>3 s, or less when a request that waits for us has less: it must still be answered.</summary>
    private static TimeSpan TimeAllowed()
    {
        var left = (Deadline.Left ?? TimeSpan.MaxValue) - TimeSpan.FromMilliseconds(300);
        return left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left < LongestCall ? left : LongestCall;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the payment provider did not answer a {Method}: {Reason}")]
    private static partial void LogAway(ILogger log, string method, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "the payment provider answered {Status} {Code}")]
    private static partial void LogRefused(ILogger log, int status, string? code);
}
