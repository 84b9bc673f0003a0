using Stoa.Kit;
using Stoa.Supervision;

namespace Stoa.Journeys;

/// <summary>A thousand people want fifty things, while Inventory is being killed: fifty get one, pay once, and nothing is
/// left or held; all others are told that there is none.</summary>
public sealed class FlashSale(RunningStore store)
{
    internal const int Units = 50;
    internal const int Buyers = 1000;
    private const int Kills = 3;

    [Fact]
    public async Task Fifty_of_a_thousand_get_one_while_inventory_is_being_killed()
    {
        var sale = new Sale(store.Gateway, await store.Staff(), "FLASH");
        await sale.Open(Units);

        var rush = sale.Rush(Buyers);
        await KillAgainAndAgain(store["inventory"], sale, rush);

        await IsAsItMustBe(sale, await rush);
        Assert.Empty(await store.Wrongs());
    }

    [Fact]
    public async Task Lines_of_one_sku_are_one_wish()
    {
        var sale = new Sale(store.Gateway, await store.Staff(), "FLASH-LINES");
        await sale.Open(units: 3);

        var refused = (await sale.Buy(2, 2)).Order;
        Assert.Equal((409, "out_of_stock"), (refused.Status, refused.Code));
        var shortage = Assert.Single(refused.Json.GetProperty("items").EnumerateArray());
        Assert.Equal((4, 3), (shortage.GetProperty("requested").GetInt32(), shortage.GetProperty("available").GetInt32()));

        var bought = await sale.Buy(1, 2);
        Assert.Equal(3, Assert.Single(bought.Order.Json.GetProperty("items").EnumerateArray()).GetProperty("quantity").GetInt32());
        Assert.Equal(201, bought.Payment?.Status);
        await Eventually.Is(async () => await sale.Left() == (0, 0), "nothing left and nothing held");
    }

    /// <summary>What holds of every flash sale, however it was disturbed.</summary>
    internal static async Task IsAsItMustBe(Sale sale, IReadOnlyList<Sale.Buyer> buyers)
    {
        var happy = buyers.Where(buyer => buyer.Payment is not null).ToList();
        Assert.Equal(Units, happy.Count);
        Assert.All(happy, buyer => Assert.Equal((201, "succeeded"), (buyer.Payment!.Status, Shopper.Status(buyer.Payment))));
        Assert.Equal(Units, happy.Select(buyer => Shopper.Id(buyer.Order)).Distinct().Count());
        Assert.Equal(Units, happy.Select(buyer => Shopper.Id(buyer.Payment!)).Distinct().Count());
        Assert.All(buyers.Except(happy), buyer => Assert.True(IsOutOfStock(buyer.Order), $"{buyer.Order}"));
        await Eventually.Is(async () => await sale.Left() == (0, 0), "nothing left and nothing held");
        Assert.Equal(Units, await sale.Sold());
    }

    /// <summary>The first time when the rush has begun to be answered, and each time that it is back, until the rush is over.</summary>
    internal static async Task KillAgainAndAgain(Supervised process, Sale sale, Task rush)
    {
        await Eventually.Is(() => Task.FromResult(sale.Answered > 0), "the first answer");
        for (var kills = 0; kills < Kills && !rush.IsCompleted; kills++)
        {
            var pid = process.Pid;
            process.Kill();
            await Eventually.Is(() => Task.FromResult(process.State == ProcessState.Ready && process.Pid != pid), "its return");
        }
    }

    // 202 at first, and turned down when Inventory was back: the order then says so itself.
    private static bool IsOutOfStock(Reply order) => order.Code == "out_of_stock" || (order.Status == 200 && Shopper.Status(order) == "rejected");
}
