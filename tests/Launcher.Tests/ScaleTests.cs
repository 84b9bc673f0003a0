namespace Stoa.Launcher.Tests;

public sealed class ScaleTests
{
    [Fact]
    public void Takes_what_owns_no_data() => Assert.Equal(3, Scale.Parse(["storefront=3"], Topology.Processes, onServer: false)["storefront"]);

    [Fact]
    public void One_is_always_possible() => Assert.Equal(1, Scale.Parse(["orders=1"], Topology.Processes, onServer: false)["orders"]);

    [Fact]
    public void Takes_what_owns_data_on_a_server() => Assert.Equal(2, Scale.Parse(["orders=2"], Topology.Processes, onServer: true)["orders"]);

    [Theory]
    [InlineData("orders=3", "Only one orders process can run: it owns its data")]
    [InlineData("sandbox=2", "There is one sandbox in a store")]
    [InlineData("gateway=2", "There is one gateway in a store on one machine")]
    [InlineData("basket=2", "--scale knows no \"basket\". The store has users, products, ")]
    [InlineData("storefront", "--scale takes NAME=COUNT")]
    [InlineData("storefront=", "--scale takes NAME=COUNT")]
    [InlineData("storefront=0", "--scale takes NAME=COUNT")]
    [InlineData("storefront=-1", "--scale takes NAME=COUNT")]
    [InlineData("storefront=17", "--scale takes NAME=COUNT")]
    [InlineData("storefront=2=2", "--scale takes NAME=COUNT")]
    public void Refuses_with_a_sentence(string value, string sentence)
    {
        var refusal = Assert.Throws<CannotGoOnException>(() => Scale.Parse([value], Topology.Processes, onServer: false));
        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
    }
}
