namespace Stoa.Launcher.Tests;

public sealed class StoreOptionsTests
{
    [Theory]
    [InlineData("localhost", "http://localhost:8080", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    [InlineData("127.0.0.1", "http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    [InlineData("0.0.0.0", "http://0.0.0.0:8080", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    [InlineData("*", "http://*:8080", "http://127.0.0.1:8080/", "http://localhost:8080/")]
    [InlineData("192.0.2.7", "http://192.0.2.7:8080", "http://192.0.2.7:8080/", "http://192.0.2.7:8080/")]
    [InlineData("::1", "http://[::1]:8080", "http://[::1]:8080/", "http://localhost:8080/")]
    [InlineData("2001:db8::7", "http://[2001:db8::7]:8080", "http://[2001:db8::7]:8080/", "http://[2001:db8::7]:8080/")]
    public void The_gateway_listens_and_is_found_where_the_option_says(string listen, string binding, string forUs, string forPeople)
    {
        var options = new StoreOptions(new DataFolder("data"), 8080, listen);

        Assert.Equal(binding, options.GatewayBinding(8080));
        Assert.Equal(forUs, options.GatewayUrl(8080).ToString());
        Assert.Equal(forPeople, options.PublicUrl(8080).ToString());
    }

    [Fact]
    public void Refuses_what_is_no_address()
    {
        var refusal = Assert.Throws<CannotGoOnException>(() => new StoreOptions(new DataFolder("data"), 8080, "the moon").Addresses());
        Assert.EndsWith("and not \"the moon\".", refusal.Message, StringComparison.Ordinal);
    }
}
