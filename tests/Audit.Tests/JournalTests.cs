using Stoa.Contracts;

namespace Stoa.Audit.Tests;

public class JournalTests
{
    private const string Order = """{"kind":"order","orderId":"01900000-0000-7000-8000-000000000001","total":{"amount":4200,"currency":"USD"}}""";
    private const string Payment = """{"kind":"payment","orderId":"01900000-0000-7000-8000-000000000001","paymentId":"01900000-0000-7000-8000-0000000000aa"}""";

    [Fact]
    public void Puts_together_what_a_shopper_was_told_of_an_order()
    {
        var (id, told) = Assert.Single(Journal.Read([Payment, Order, Payment]).Orders);

        Assert.Equal("01900000-0000-7000-8000-000000000001", id);
        Assert.Equal(new Money(4200, "USD"), told.Total);
        Assert.Single(told.Payments);
    }

    [Fact]
    public void Leaves_out_a_last_line_that_was_cut_off() => Assert.Single(Journal.Read([Order, Payment[..40]]).Orders);

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"kind":"order"}""")]
    [InlineData("""{"kind":"gift","orderId":"01900000-0000-7000-8000-000000000001"}""")]
    public void Refuses_a_line_that_says_nothing(string line) => Assert.Throws<FormatException>(() => Journal.Read([line, Order]));
}
