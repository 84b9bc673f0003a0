using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Stoa.Contracts;

namespace Stoa.Payments;

/// <summary>A Checkout Session (https://docs.stripe.com/api/checkout/sessions): the buyer confirms on the provider's own page, and no
/// card comes near us. It stands wherever the order's intent stands (P9), for it can be paid once and ended before: open, it is an
/// intent whose next action is its page; expired, it is one that was canceled; paid, it is the intent that it made.</summary>
public static class CheckoutSession
{
    /// <summary>What the API calls paying this way, in the place of a method's id.</summary>
    public const string Method = "checkout";

    /// <summary>Ids say what they name.</summary>
    public static bool Is(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.StartsWith("cs_", StringComparison.Ordinal);
    }

    /// <summary>The order's total as one line, by card. Cards decide while the buyer is there; vouchers and debits would leave a finished
    /// session with an open intent that cannot be canceled. The total stays in the store's currency, whatever the buyer's.</summary>
    /// <param name="due">The order.</param>
    /// <param name="returnUrl">Where the buyer comes back to, paid or not.</param>
    public static string Form(AmountDue due, string returnUrl)
    {
        ArgumentNullException.ThrowIfNull(due);
        return StripeClient.Form(
            ("mode", "payment"), ("payment_method_types[0]", "card"), ("adaptive_pricing[enabled]", "false"),
            ("line_items[0][quantity]", "1"), ("line_items[0][price_data][currency]", due.Total.Currency.ToLowerInvariant()),
            ("line_items[0][price_data][unit_amount]", due.Total.Amount.ToString(CultureInfo.InvariantCulture)),
            ("line_items[0][price_data][product_data][name]", $"Order {due.Number}"),
            ("payment_intent_data[description]", $"Order {due.Number}"), ($"payment_intent_data[metadata][{StripeClient.OrderIdKey}]", due.OrderId.ToString()),
            ("client_reference_id", due.OrderId.ToString()), ($"metadata[{StripeClient.OrderIdKey}]", due.OrderId.ToString()),
            // As after 3-D Secure, the address says how it went; only who left without paying need not wait for our word.
            ("success_url", returnUrl), ("cancel_url", QueryHelpers.AddQueryString(returnUrl, "redirect_status", "canceled")));
    }

    /// <summary>A session, with the intent that it made, as the intent that it stands for.</summary>
    internal static Intent Read(JsonElement json)
    {
        var made = json.Part("payment_intent") is { } intent ? Intent.Read(intent) : null;
        if (made is { Status: Intent.Succeeded or Intent.Processing }) return made; // the money's word comes before the page's
        var id = made?.Id ?? json.Must("id");
        return json.Must("status") switch
        {
            "open" => new Intent(id, Intent.RequiresAction, null, json.Must("url"), new PaymentMethodView(Method, null, null), Order(json)),
            "expired" => new Intent(id, Intent.Canceled, null, null, null, Order(json)),
            // Finished, and not paid: nobody can try again in it.
            _ when made is { Status: Intent.RequiresPaymentMethod } => made with { Status = Intent.Canceled },
            _ => made ?? throw new JsonException("a finished session without an intent"),
        };
    }

    private static Guid? Order(JsonElement json) => Guid.TryParse(json.Part("metadata")?.Text(StripeClient.OrderIdKey), out var order) ? order : null;
}
