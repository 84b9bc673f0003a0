using System.Globalization;
using System.Net;
using System.Text;
using Stoa.Contracts;

namespace Stoa.Notifications;

/// <summary>The confirmation of a paid order, as text and as HTML. Whatever people typed is encoded in the HTML.</summary>
public static class OrderPaidMail
{
    /// <summary>Writes the mail.</summary>
    /// <param name="order">What Orders tells.</param>
    /// <param name="shopUrl">The shop's address, without a slash at the end.</param>
    public static Mail Write(OrderMessage order, string shopUrl)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new Mail($"Thank you: your order {order.Number}", Text(order, shopUrl), Html(order, shopUrl));
    }

    private static string Text(OrderMessage order, string shopUrl)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Hello{(order.Name is { } name ? " " + name : "")},\n\n");
        text.Append(CultureInfo.InvariantCulture, $"thank you. Your order {order.Number} is paid, and we are getting it ready.\n\n");
        foreach (var line in order.Lines) text.Append(CultureInfo.InvariantCulture, $"  {line.Quantity} x {line.Name}: {line.LineTotal}\n");
        text.Append(CultureInfo.InvariantCulture, $"\n  Items     {order.Subtotal}\n  Shipping  {order.Shipping}\n  Tax       {order.Tax}\n  Total     {order.Total}\n");
        if (order.Address.Length > 0) text.Append(CultureInfo.InvariantCulture, $"\nIt goes to\n  {string.Join("\n  ", order.Address)}\n");
        text.Append(CultureInfo.InvariantCulture, $"\nFollow it here: {shopUrl}/orders/{order.OrderId}\n\nStoa\n");
        return text.ToString();
    }

    private static string Html(OrderMessage order, string shopUrl)
    {
        var rows = string.Concat(order.Lines.Select(line => $"""
            <tr><td style="padding:8px 0;border-bottom:1px solid #E6DFD3">{line.Quantity} × {Encode(line.Name)}</td><td style="padding:8px 0;border-bottom:1px solid #E6DFD3;text-align:right;white-space:nowrap">{Encode(line.LineTotal.ToString())}</td></tr>
            """));
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Your order {Encode(order.Number)}</title></head>
            <body style="margin:0;background:#FBF8F3;color:#23201C;font:17px/1.5 system-ui,sans-serif">
            <div style="max-width:560px;margin:0 auto;padding:32px 24px">
            <p style="font:600 21px 'Iowan Old Style',Palatino,Georgia,serif;margin:0 0 24px">Stoa</p>
            <p>Hello{(order.Name is { } name ? " " + Encode(name) : "")},</p>
            <p>thank you. Your order <strong>{Encode(order.Number)}</strong> is paid, and we are getting it ready.</p>
            <table role="presentation" style="width:100%;border-collapse:collapse">
            {rows}
            {Sum("Items", order.Subtotal)}{Sum("Shipping", order.Shipping)}{Sum("Tax", order.Tax)}{Sum("<strong>Total</strong>", order.Total)}
            </table>
            {(order.Address.Length > 0 ? $"<p>It goes to<br>{string.Join("<br>", order.Address.Select(Encode))}</p>" : "")}
            <p><a href="{Encode($"{shopUrl}/orders/{order.OrderId}")}" style="display:inline-block;background:#A8452C;color:#FFFFFF;padding:12px 20px;text-decoration:none;border-radius:3px">Follow your order</a></p>
            </div>
            </body>
            </html>
            """;
    }

    private static string Sum(string label, Money amount) =>
        $"""<tr><td style="padding:4px 0">{label}</td><td style="padding:4px 0;text-align:right;white-space:nowrap">{Encode(amount.ToString())}</td></tr>""";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
