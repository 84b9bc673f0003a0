using System.Text;
using BenchmarkDotNet.Attributes;
using Stoa.Contracts;
using Stoa.Kernel;
using Stoa.Orders;
using Stoa.Products;

namespace Stoa.Micro;

/// <summary>JSON by Kernel's settings: a product of one variant as it is answered, and an order of two lines.</summary>
public class JsonTexts
{
    private static readonly Money Price = new(1999, "USD");

    private readonly Product _product = new(
        new Guid(1, 0, 0, new byte[8]), "thing-1", "Thing 1 of olive", "A thing to measure with.", "category-1", null, Price, true,
        [new Variant("THING-1", "Thing 1", Price, true, [], null)], string.Concat(Enumerable.Repeat("It is made of olive and marble. ", 8)), [], [], [], 1, DateTimeOffset.UnixEpoch);

    private readonly OrderView _order = new(
        new Guid(2, 0, 0, new byte[8]), "S-0123456789", OrderStatus.AwaitingPayment, [new OrderLine("THING-1", "Thing 1", 1, Price), new OrderLine("THING-2", "Thing 2", 1, Price)],
        Price.Times(2), new Money(500, "USD"), new Money(0, "USD"), new Money(4498, "USD"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private readonly string _productText;
    private readonly string _orderText;

    /// <summary>Writes both once.</summary>
    public JsonTexts() => (_productText, _orderText) = (Json.Write(_product), Json.Write(_order));

    /// <summary>To text.</summary>
    [Benchmark]
    public string WriteProduct() => Json.Write(_product);

    /// <summary>From text.</summary>
    [Benchmark]
    public Product ReadProduct() => Json.Read<Product>(_productText);

    /// <summary>To the bytes of an answer, from the text that lies ready.</summary>
    [Benchmark]
    public byte[] SendReadyProduct() => Encoding.UTF8.GetBytes(_productText);

    /// <summary>To text.</summary>
    [Benchmark]
    public string WriteOrder() => Json.Write(_order);

    /// <summary>From text.</summary>
    [Benchmark]
    public OrderView ReadOrder() => Json.Read<OrderView>(_orderText);
}
