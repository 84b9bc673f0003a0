using System.Globalization;
using System.Text.Json;
using Stoa.Contracts;

namespace Stoa.Launcher;

/// <summary>What staff do with an order: look at it, ship it, deliver it, call it off, give money back.</summary>
public static class WorkOnOrder
{
    private const string Usage = "order NUMBER, and then nothing, or: ship CARRIER TRACKING, deliver, cancel, refund [AMOUNT]";

    /// <param name="number">As people read it, such as S-7KQ2M9X4TC.</param>
    /// <param name="action">The verb and what belongs to it; empty to look.</param>
    /// <returns>0 when it was done, 1 when it was refused, 2 when it was no such command.</returns>
    public static async Task<int> Run(DataFolder data, string number, string[] action, CancellationToken stop)
    {
        if (!Understands(action))
        {
            Console.Error.WriteLine($"That is no such command. It is: {Usage}.");
            return 2;
        }

        using var api = await StaffApi.LogIn(data, stop);
        var order = await Find(api, number, stop);
        if (action.Length == 0)
        {
            await Show(api, order, stop);
            return 0;
        }

        var (status, answer) = await Act(api, order, action, stop);
        if (status is < 200 or > 299) return Refused(status, answer);
        Console.WriteLine(Said(action[0], number, answer));
        return 0;
    }

    private static bool Understands(string[] action) => action switch
    {
        [] or ["ship", _, _] or ["deliver"] or ["cancel"] or ["refund"] => true,
        ["refund", var amount] => decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units > 0,
        _ => false,
    };

    private static Task<(int Status, JsonElement Json)> Act(StaffApi api, JsonElement order, string[] action, CancellationToken stop)
    {
        var path = $"/api/orders/{order.Text("id")}/";
        return action switch
        {
            ["ship", var carrier, var trackingNumber] => api.Post(path + "ship", new { carrier, trackingNumber }, stop),
            ["refund", .. var amount] => api.Post("/api/refunds", new { paymentId = Payment(order).Text("id"), amount = Amount(amount, order), reason = "asked for by staff" }, stop),
            _ => api.Post(path + action[0], null, stop),
        };
    }

    private static async Task<JsonElement> Find(StaffApi api, string number, CancellationToken stop)
    {
        var (status, list) = await api.Get($"/api/orders?number={Uri.EscapeDataString(number)}", stop);
        if (status != 200) throw new CannotGoOnException($"Orders cannot be asked now ({status} {list.Text("code")}).");
        if (list.GetProperty("items").EnumerateArray().Select(one => one.Text("id")).FirstOrDefault() is not { } id)
            throw new CannotGoOnException($"There is no order {number}.");
        var (found, order) = await api.Get($"/api/orders/{id}", stop);
        return found == 200 ? order : throw new CannotGoOnException($"Order {number} cannot be read now ({found} {order.Text("code")}).");
    }

    /// <summary>The payment that money can be given back of.</summary>
    private static JsonElement Payment(JsonElement order)
    {
        if (order.GetProperty("payments").ValueKind != JsonValueKind.Array) throw new CannotGoOnException("Payments cannot be asked now; try again in a moment.");
        var paid = order.GetProperty("payments").EnumerateArray().FirstOrDefault(one => one.Text("status") == "succeeded");
        return paid.ValueKind == JsonValueKind.Object ? paid : throw new CannotGoOnException($"Order {order.Text("number")} has no payment that went through.");
    }

    /// <returns>Null for all that is left.</returns>
    private static Money? Amount(string[] given, JsonElement order)
    {
        if (given.Length == 0) return null;
        var none = new Money(0, order.GetProperty("total").Text("currency"));
        var minor = decimal.Parse(given[0], CultureInfo.InvariantCulture) * (decimal)Math.Pow(10, none.Digits);
        if (minor != decimal.Truncate(minor) || minor > long.MaxValue) throw new CannotGoOnException($"{given[0]} is no amount of {none.Currency}.");
        return none with { Amount = (long)minor };
    }

    private static int Refused(int status, JsonElement problem)
    {
        Console.Error.WriteLine($"Refused: {status} {problem.Text("code")}. {problem.Text("detail")}");
        return 1;
    }

    private static string Said(string verb, string number, JsonElement answer) => verb switch
    {
        "refund" => $"Refund {answer.Text("id")} of {Money(answer.GetProperty("amount"))}: {answer.Text("status")}.",
        "cancel" when answer.Text("status") == "refunding" => $"Order {number} does not ship any more; its money is on its way back.",
        _ => $"Order {number} is {answer.Text("status")}.",
    };

    private static async Task Show(StaffApi api, JsonElement order, CancellationToken stop)
    {
        Console.WriteLine($"Order {order.Text("number")} is {order.Text("status")}: {Money(order.GetProperty("total"))}");
        foreach (var line in order.GetProperty("items").EnumerateArray())
            Console.WriteLine($"  {line.GetProperty("quantity")} × {line.Text("sku")}  {line.Text("name")}  {Money(line.GetProperty("lineTotal"))}");
        foreach (var step in order.GetProperty("history").EnumerateArray()) Console.WriteLine($"  {step.Text("at")}  {step.Text("status")}");
        if (order.GetProperty("payments").ValueKind == JsonValueKind.Array)
        {
            foreach (var payment in order.GetProperty("payments").EnumerateArray())
                Console.WriteLine($"  payment {payment.Text("id")} {payment.Text("status")}, {Money(payment.GetProperty("amount"))}, given back {Money(payment.GetProperty("refunded"))}");
        }

        var (status, refunds) = await api.Get($"/api/refunds?orderId={order.Text("id")}&limit=100", stop);
        if (status != 200) return;
        foreach (var refund in refunds.GetProperty("items").EnumerateArray())
            Console.WriteLine($"  refund {refund.Text("id")} {refund.Text("status")}, {Money(refund.GetProperty("amount"))} {refund.Text("failureCode")}".TrimEnd());
    }

    private static string Money(JsonElement money) => new Money(money.GetProperty("amount").GetInt64(), money.Text("currency")).ToString();
}
