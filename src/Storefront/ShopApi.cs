using Stoa.Contracts;

namespace Stoa.Storefront;

/// <summary>The public API as this shop's pages use it, asked through the Gateway with the visitor's own token.</summary>
public sealed class ShopApi(ApiCaller caller)
{
    public Task<ApiAnswer<ListPage<Product>>> Products(string query, CancellationToken stop) =>
        caller.Get<ListPage<Product>>("/api/products" + query, stop);

    public Task<ApiAnswer<Product>> Product(string slug, CancellationToken stop) =>
        caller.Get<Product>($"/api/products/{Part(slug)}", stop);

    public Task<ApiAnswer<Category[]>> Categories(CancellationToken stop) => caller.Get<Category[]>("/api/categories", stop);

    public Task<ApiAnswer<Cart>> Cart(CancellationToken stop) => Seen(caller.Get<Cart>("/api/cart", stop));

    /// <summary>For the number in every page's head.</summary>
    public Task<ApiAnswer<Cart>> GlanceAtCart(CancellationToken stop) => Seen(caller.Glance<Cart>("/api/cart", stop));

    public Task<ApiAnswer<Cart>> AddToCart(SkuQuantity line, CancellationToken stop) =>
        Seen(caller.Post<Cart>("/api/cart/items", line, stop));

    public Task<ApiAnswer<Cart>> SetQuantity(SkuQuantity line, CancellationToken stop) =>
        Seen(caller.Put<Cart>($"/api/cart/items/{Part(line.Sku)}", new { line.Quantity }, stop));

    public Task<ApiAnswer<Cart>> MergeCart(string guestToken, CancellationToken stop) =>
        Seen(caller.Post<Cart>("/api/cart/merge", new { guestToken }, stop));

    public Task<ApiAnswer<Quote>> Quote(SkuQuantity[] items, string country, string? region, string? postalCode, CancellationToken stop) =>
        caller.Post<Quote>("/api/orders/quote", new { items, shippingAddress = new { country, region, postalCode } }, stop);

    public Task<ApiAnswer<Order>> PlaceOrder(NewOrder order, string key, CancellationToken stop) =>
        caller.PostOnce<Order>("/api/orders", order, key, stop);

    public Task<ApiAnswer<ListPage<Order>>> Orders(string? cursor, CancellationToken stop) =>
        caller.Get<ListPage<Order>>("/api/orders?limit=20" + (cursor is null ? "" : "&cursor=" + Part(cursor)), stop);

    public Task<ApiAnswer<Order>> Order(Guid id, CancellationToken stop) => caller.Get<Order>($"/api/orders/{id}", stop);

    /// <summary>For whoever has the link from a mail; the visitor's own session plays no part.</summary>
    public Task<ApiAnswer<Order>> OrderByLink(string token, CancellationToken stop) =>
        caller.GetOpenly<Order>("/api/orders/by-link?token=" + Part(token), stop);

    public Task<ApiAnswer<Order>> CancelOrder(Guid id, CancellationToken stop) =>
        caller.Post<Order>($"/api/orders/{id}/cancel", new { }, stop);

    public Task<ApiAnswer<Payment>> Pay(Guid orderId, string method, string returnUrl, string key, CancellationToken stop) =>
        caller.PostOnce<Payment>("/api/payments", new { orderId, method, returnUrl }, key, stop);

    public Task<ApiAnswer<ListPage<Payment>>> Payments(Guid orderId, CancellationToken stop) =>
        caller.Get<ListPage<Payment>>($"/api/payments?orderId={orderId}", stop);

    public Task<ApiAnswer<User>> SignUp(string name, string email, string password, string? guestToken, CancellationToken stop) =>
        caller.Post<User>("/api/users", new { name, email, password, guestToken }, stop);

    public Task<ApiAnswer<Tokens>> LogIn(string email, string password, string? guestToken, CancellationToken stop) =>
        caller.Post<Tokens>("/api/sessions", new { email, password, guestToken }, stop);

    public Task<ApiAnswer<Tokens>> LogInAsGuest(CancellationToken stop) => caller.Post<Tokens>("/api/sessions/guest", new { }, stop);

    public Task<ApiAnswer<object>> LogOut(CancellationToken stop) => caller.Delete("/api/sessions/current", stop);

    public Task<ApiAnswer<object>> AskPasswordReset(string email, CancellationToken stop) =>
        caller.Post<object>("/api/password-resets", new { email }, stop);

    public Task<ApiAnswer<object>> CompletePasswordReset(string token, string password, CancellationToken stop) =>
        caller.Post<object>("/api/password-resets/complete", new { token, password }, stop);

    public Task<ApiAnswer<object>> AskEmailConfirmation(CancellationToken stop) => caller.Post<object>("/api/email-confirmations", new { }, stop);

    public Task<ApiAnswer<object>> ConfirmEmail(string token, CancellationToken stop) =>
        caller.Post<object>("/api/email-confirmations/complete", new { token }, stop);

    public Task<ApiAnswer<User>> Me(CancellationToken stop) => caller.Get<User>("/api/users/me", stop);

    public Task<ApiAnswer<User>> Rename(string name, CancellationToken stop) => caller.Patch<User>("/api/users/me", new { name }, stop);

    public Task<ApiAnswer<User>> ChangeAccess(string email, string? password, string currentPassword, CancellationToken stop) =>
        caller.Patch<User>("/api/users/me", new { email, password, currentPassword }, stop);

    public Task<ApiAnswer<ListPage<SavedAddress>>> Addresses(CancellationToken stop) =>
        caller.Get<ListPage<SavedAddress>>(Book + "?limit=100", stop);

    public Task<ApiAnswer<SavedAddress>> Address(Guid id, CancellationToken stop) => caller.Get<SavedAddress>($"{Book}/{id}", stop);

    public Task<ApiAnswer<SavedAddress>> AddAddress(NewAddress address, CancellationToken stop) => caller.Post<SavedAddress>(Book, address, stop);

    public Task<ApiAnswer<SavedAddress>> ReplaceAddress(Guid id, NewAddress address, CancellationToken stop) =>
        caller.Put<SavedAddress>($"{Book}/{id}", address, stop);

    public Task<ApiAnswer<object>> RemoveAddress(Guid id, CancellationToken stop) => caller.Delete($"{Book}/{id}", stop);

    public Task<ApiAnswer<object>> DeleteAccount(CancellationToken stop) => caller.Delete("/api/users/me", stop);

    /// <summary>The cart as this request last saw it, so that the page's head need not ask again.</summary>
    public Cart? SeenCart { get; private set; }

    private const string Book = "/api/users/me/addresses";

    private async Task<ApiAnswer<Cart>> Seen(Task<ApiAnswer<Cart>> call)
    {
        var answer = await call;
        if (answer is { Ok: true, Value: not null }) SeenCart = answer.Value;
        return answer;
    }

    private static string Part(string text) => Uri.EscapeDataString(text);
}
