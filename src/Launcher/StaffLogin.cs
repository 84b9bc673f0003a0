using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>Logs in as the store's staff account.</summary>
public static class StaffLogin
{
    /// <param name="send">Sends a body to <c>/api/sessions</c>.</param>
    /// <param name="purpose">What cannot be done without, for the refusal: "so … cannot …".</param>
    /// <exception cref="CannotGoOnException">The account cannot log in.</exception>
    public static async Task<AuthenticationHeaderValue> Run(Staff staff, string purpose, Func<HttpContent, Task<HttpResponseMessage>> send, CancellationToken stop)
    {
        using var answer = await send(JsonContent.Create(new { staff.Email, staff.Password }));
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new CannotGoOnException($"The staff account {staff.Email} cannot log in ({(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}), so {purpose}, or with the right STOA_STAFF_PASSWORD.");
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        return new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
    }
}
