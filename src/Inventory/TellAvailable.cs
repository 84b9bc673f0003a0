using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>What can be had of many SKUs, for a service that asks: Products, when it writes the catalogue as a file.</summary>
public static class TellAvailable
{
    public static async Task<IResult> Handle(StockQuestion question, Database database, CancellationToken stop)
    {
        var rows = await database.Query<Stock>("SELECT sku, on_hand, reserved, version FROM stock WHERE sku IN @Skus", question, stop);
        return Results.Ok(rows.Select(row => new AvailableStock(row.Sku, row.Available)));
    }
}
