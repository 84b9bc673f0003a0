namespace Stoa.StripeSandbox.Tests;

public sealed class FormTests
{
    [Theory]
    [InlineData("a=1&b=2", "a=1&b=2")]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("metadata[order]=7&metadata[sku]=A%26B", "metadata%5Border%5D=7&metadata%5Bsku%5D=A%26B")]
    [InlineData("expand[]=x&expand[]=y", "expand%5B0%5D=x&expand%5B1%5D=y")]
    [InlineData("expand[0]=x&expand[1]=y", "expand%5B0%5D=x&expand%5B1%5D=y")]
    [InlineData("a[b][0]=c", "a%5Bb%5D%5B0%5D=c")]
    [InlineData("text=one+two%20three", "text=one%20two%20three")]
    [InlineData("", "")]
    public void Reads_nested_parameters_whatever_their_order(string encoded, string canonical) =>
        Assert.Equal(canonical, Form.Parse(encoded)?.Canonical());

    [Theory]
    [InlineData("a[b=1")]
    [InlineData("a]b[=1")]
    [InlineData("[a]=1")]
    [InlineData("a[b]c=1")]
    [InlineData("a=1&a[b]=2")]
    [InlineData("a[b]=2&a=1")]
    [InlineData("=1")]
    [InlineData("a=%00")]
    [InlineData("a[b][c][d][e][f][g]=1")]
    public void Refuses_what_is_no_form(string encoded) => Assert.Null(Form.Parse(encoded));

    [Fact]
    public void Refuses_more_parameters_than_a_request_may_have() =>
        Assert.Null(Form.Parse(string.Join('&', Enumerable.Range(0, 1001).Select(number => $"a{number}=1"))));

    [Fact]
    public void A_name_given_twice_keeps_its_last_value() => Assert.Equal("2", Form.Parse("a=1&a=2")!.Fields["a"].Text);
}
