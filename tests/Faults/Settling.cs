using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>Looks, as staff, for orders that somebody still has to do something about: not final, and not waiting for
/// their shopper.</summary>
public sealed class Settling(Store store, Tally tally)
{
    private static readonly string[] UnderWay = ["placed", "closing"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks until there are none, or the time is up.</summary>
    /// <returns>Those that are left.</returns>
    public async Task<IReadOnlyList<string>> Wait(TimeSpan until, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = store.UrlOf(Topology.Gateway) };
        using var login = await http.PostAsJsonAsync("/api/sessions", new { store.Staff.Email, store.Staff.Password }, stop);
        var session = await login.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(stop);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        while (true)
        {
            var left = await UnsettledOrders(http, stop);
            if (left.Count == 0 || tally.Now > until) return left;
            await Task.Delay(Look, stop);
        }
    }

    private static async Task<List<string>> UnsettledOrders(HttpClient http, CancellationToken stop)
    {
        List<string> found = [];
        foreach (var status in UnderWay)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/api/orders?status={status}&limit=100", stop);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(order => $"order {order.GetProperty("id").GetString()} is {status}"));
        }
        return found;
    }
}
