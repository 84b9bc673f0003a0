using System.Text.Json;
using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>A shopper logs in; most of it is the password's hash, which is slow on purpose.</summary>
internal sealed class LogIn(MeasuredStore store, int number) : IShopper
{
    private const string Password = "an engine weaves algebra";
    private readonly HttpLine _line = new(store.Gateway);
    private readonly string _email = $"shopper.{number}@example.com";
    private byte[]? _request;

    public async ValueTask Act()
    {
        _request ??= await SignUp();
        (await _line.Send(_request)).Expect(201, "login");
    }

    public void Dispose() => _line.Dispose();

    private async Task<byte[]> SignUp()
    {
        var reply = await _line.Send(HttpLine.Request("POST", "/api/users", json: JsonSerializer.SerializeToUtf8Bytes(new { name = "Ada", email = _email, password = Password })));
        if (reply.Status != 409) reply.Expect(201, "sign up"); // a run before this one may have made the account
        return HttpLine.Request("POST", "/api/sessions", json: JsonSerializer.SerializeToUtf8Bytes(new { email = _email, password = Password }));
    }
}
