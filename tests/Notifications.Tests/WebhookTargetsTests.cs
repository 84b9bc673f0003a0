using System.Net;

namespace Stoa.Notifications.Tests;

/// <summary>Where webhooks do not go, whoever asks: the store's own network.</summary>
public sealed class WebhookTargetsTests(HookDesk desk) : IClassFixture<HookDesk>
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://unknown.test/")]
    [InlineData("https://loopback.test/")]
    [InlineData("https://LOOPBACK.test:8443/")]
    [InlineData("https://metadata.test/")]
    [InlineData("https://both.test/")]
    [InlineData("https://mapped.test/")]
    [InlineData("https://nothing.test/")]
    public async Task Refuses_an_address_that_is_not_public(string url)
    {
        desk.Names["loopback.test"] = [IPAddress.Loopback];
        desk.Names["metadata.test"] = [IPAddress.Parse("169.254.169.254")];
        desk.Names["both.test"] = [Public, IPAddress.Parse("10.0.0.1")];
        desk.Names["mapped.test"] = [IPAddress.Parse("::ffff:127.0.0.1")];
        desk.Names["nothing.test"] = [];
        var reply = await desk.Staff.Post("/api/webhooks", new { Url = url, Events = new[] { "order.paid" } });
        Assert.Equal((422, "validation"), (reply.Status, reply.Code));
        Assert.Contains("lead to public addresses only", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_public_address_by_https_alone()
    {
        desk.Names["public.test"] = [Public];
        Assert.Equal(422, (await desk.Staff.Post("/api/webhooks", new { Url = "http://public.test/", Events = new[] { "order.paid" } })).Status);
        var reply = await desk.Staff.Post("/api/webhooks", new { Url = "https://public.test/", Events = new[] { "order.paid" } });
        Assert.Equal(201, reply.Status);
        await desk.Staff.Delete($"/api/webhooks/{reply.Json.GetProperty("id").GetGuid()}");
    }

    [Fact]
    public async Task Does_not_connect_to_a_name_that_leads_inside_by_then()
    {
        desk.Names["rebinds.test"] = [Public];
        var url = $"https://rebinds.test:{desk.Receiver.Port}/rebinds";
        var reply = await desk.Staff.Post("/api/webhooks", new { Url = url, Events = new[] { "order.paid" } });
        await using var hook = new Hook(desk, reply.Json.GetProperty("id").GetGuid(), "/rebinds", "");
        desk.Names["rebinds.test"] = [IPAddress.Loopback];
        var looked = desk.Looked.Count(name => name == "rebinds.test");
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("address_refused", (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("fault").GetString());
        Assert.Equal(looked + 1, desk.Looked.Count(name => name == "rebinds.test"));
    }

    [Fact]
    public async Task Connects_to_the_very_address_that_was_checked()
    {
        await using var hook = await desk.Register();
        var looked = desk.Looked.Count(name => name == "hooks.test");
        await desk.OrderPaid();
        await desk.Send();
        Assert.Equal($"hooks.test:{desk.Receiver.Port}", Assert.Single(hook.Received).Headers["Host"]); // a name that nobody else knows
        Assert.InRange(desk.Looked.Count(name => name == "hooks.test"), looked, looked + 1); // none where a connection stands
    }

    [Fact]
    public async Task Sends_nothing_to_a_host_that_is_allowed_no_more()
    {
        await using var hook = await desk.Register();
        await desk.Database.Write(tx => tx.Execute("UPDATE webhooks SET url = @url WHERE id = @Id", new { hook.Id, url = desk.UrlOf("gone").Replace("hooks.test", "127.0.0.1", StringComparison.Ordinal) }));
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("address_refused", (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("fault").GetString());
        Assert.Empty(desk.Receiver.At("/gone"));
    }

    [Fact]
    public async Task Sends_nothing_where_the_certificate_is_not_the_hosts()
    {
        await using var hook = await desk.Register();
        Assert.Equal(200, (await desk.Staff.Patch(hook.Url, new { Url = desk.UrlOf("plain").Replace("http:", "https:", StringComparison.Ordinal) })).Status); // nothing there speaks TLS
        var id = await desk.OrderPaid();
        await desk.Send();
        Assert.Equal("tls_failed", (await hook.Delivery(id)).GetProperty("attempts")[0].GetProperty("fault").GetString());
    }

    [Theory]
    [InlineData("", "http://localhost:9000/", false)]
    [InlineData("", "https://localhost/", false)]
    [InlineData("localhost", "http://localhost:9000/", true)]
    [InlineData("localhost:9000", "http://localhost:9000/", true)]
    [InlineData("localhost:9000", "http://localhost:9001/", false)]
    [InlineData("erp.internal; LOCALHOST", "http://localhost:9000/", true)]
    [InlineData("::1", "http://[::1]:9000/", true)]
    [InlineData("127.0.0.1", "http://[::ffff:127.0.0.1]/", false)]
    [InlineData("localhost", "http://localhost.evil.test/", false)]
    public async Task Allows_the_hosts_that_the_configuration_names_and_none_by_itself(string allowed, string url, bool taken)
    {
        var targets = new WebhookTargets(allowed, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        Assert.Equal(taken, await targets.Fault(url, default) is null);
    }
}
