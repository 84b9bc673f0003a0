using System.Data.Common;
using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Payments.Tests;

/// <summary>P14.</summary>
public sealed class LedgerTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private static readonly Guid Thing = Guid.Parse("01900000-0000-7000-8000-000000000001");

    private static JournalEntry Entry(params Posting[] postings) => JournalEntry.Of("charge", Thing, Thing, postings);

    [Fact]
    public void An_entry_holds_when_its_debits_are_its_credits_in_each_currency()
    {
        var entry = Entry(
            Posting.Debit("a", new Money(100, "USD")), Posting.Credit("b", new Money(60, "USD")), Posting.Credit("c", new Money(40, "USD")),
            Posting.Debit("a", new Money(7, "EUR")), Posting.Credit("b", new Money(7, "EUR")));
        Assert.Equal(5, entry.Postings.Count);
    }

    [Fact]
    public void Refuses_an_entry_that_does_not_balance()
    {
        Assert.Throws<BrokenRuleException>(() => Entry(Posting.Debit("a", new Money(100, "USD")), Posting.Credit("b", new Money(99, "USD"))));
        Assert.Throws<BrokenRuleException>(() => Entry(Posting.Debit("a", new Money(100, "USD")), Posting.Credit("b", new Money(100, "EUR"))));
        Assert.Throws<BrokenRuleException>(() => Entry(Posting.Debit("a", new Money(100, "USD"))));
        Assert.Throws<BrokenRuleException>(() => Entry());
    }

    [Fact]
    public void Refuses_a_posting_with_no_side_or_two()
    {
        Assert.Throws<BrokenRuleException>(() => Entry(Posting.Debit("a", new Money(0, "USD")), Posting.Credit("b", new Money(0, "USD"))));
        Assert.Throws<BrokenRuleException>(() => Entry(Posting.Debit("a", new Money(-5, "USD")), Posting.Credit("b", new Money(-5, "USD"))));
        Assert.Throws<BrokenRuleException>(() => Entry(new Posting("a", "USD", 5, 5), new Posting("b", "USD", 5, 5)));
    }

    [Theory]
    [InlineData("UPDATE postings SET debit_minor = debit_minor + 1 WHERE debit_minor > 0")]
    [InlineData("DELETE FROM postings")]
    [InlineData("UPDATE journal_entries SET kind = 'x'")]
    [InlineData("DELETE FROM journal_entries")]
    public async Task The_database_itself_lets_nothing_booked_be_changed(string sql)
    {
        await shared.Shop.Pay(shared.Shop.PlaceOrder());
        var fault = await Assert.ThrowsAnyAsync<DbException>(() => shared.Shop.Store.Get<Database>("payments").Write(tx => tx.Execute(sql)));
        Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_is_what_the_bank_charged()
    {
        await using var shop = await Shop.Open();
        var orders = new[] { shop.PlaceOrder(1000), shop.PlaceOrder(2500), shop.PlaceOrder(999) };
        await shop.Pay(orders[0]);
        await shop.Pay(orders[1], "pm_card_visa_chargeDeclined");
        await shop.Pay(orders[1]);
        await shop.Pay(orders[2], "pm_card_visa_chargeDeclined");
        var charged = 0L;
        foreach (var order in orders) charged += (await shop.Charges(order)).Sum(charge => charge.GetProperty("amount").GetInt64());
        Assert.Equal(3500, charged);
        var balances = await shop.Balances();
        Assert.Equal((charged, -charged), (balances[Ledger.ProviderClearing], balances[Ledger.CustomerOrders]));
    }
}
