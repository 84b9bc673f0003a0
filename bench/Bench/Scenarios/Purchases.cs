using Stoa.Bench.Load;

namespace Stoa.Bench.Scenarios;

/// <summary>One more of something in a guest's cart; a fresh guest before the cart is full.</summary>
internal sealed class CartAdd(MeasuredStore store, int number) : IShopper
{
    private const int Lines = 20;
    private readonly Buyer _buyer = new(store, number);
    private int _acts;

    public async ValueTask Act()
    {
        if (_acts++ % Lines == 0) await _buyer.BecomeGuest();
        await _buyer.AddToCart(_buyer.AnySku());
    }

    public void Dispose() => _buyer.Dispose();
}

/// <summary>An order of one thing, placed and reserved.</summary>
internal sealed class Orders(MeasuredStore store, int number) : IShopper
{
    private readonly Buyer _buyer = new(store, number);
    private bool _known;

    public async ValueTask Act()
    {
        if (!_known) await _buyer.BecomeGuest();
        _known = true;
        await _buyer.Order([_buyer.AnySku()], cartId: null);
    }

    public void Dispose() => _buyer.Dispose();
}

/// <summary>Everything that a guest does to own something.</summary>
internal sealed class WholePurchase(MeasuredStore store, int number) : IShopper
{
    private readonly Buyer _buyer = new(store, number);

    public async ValueTask Act()
    {
        var first = _buyer.AnySku();
        var second = (first + 1) % MeasuredStore.Products;
        await _buyer.BecomeGuest();
        await _buyer.AddToCart(first);
        var cart = await _buyer.AddToCart(second);
        var order = await _buyer.Order([first, second], cart);
        await _buyer.Pay(order);
        await _buyer.UntilPaid(order);
    }

    public void Dispose() => _buyer.Dispose();
}
