namespace Stoa.Faults.Tests;

public sealed class JournalTests
{
    [Fact]
    public async Task What_is_kept_is_what_the_audit_reads()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var orders = Enumerable.Range(1, 100).Select(number => $"01900000-0000-7000-8000-{number:000000000000}").ToList();
        await using (var journal = new Journal(path))
        {
            await Task.WhenAll(orders.Select(order => journal.Keep(new { kind = "order", orderId = order, total = new { amount = 4200, currency = "USD" } })));
            await journal.Keep(new { kind = "payment", orderId = orders[0], paymentId = orders[1] });
        }

        var read = Audit.Journal.Read(File.ReadLines(path)).Orders;

        Assert.Equal(orders, read.Select(one => one.OrderId));
        Assert.Equal(Guid.Parse(orders[1]), Assert.Single(read[0].Told.Payments));
        File.Delete(path);
    }
}
