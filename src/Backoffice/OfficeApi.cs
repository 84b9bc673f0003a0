using Stoa.Contracts;

namespace Stoa.Backoffice;

/// <summary>The public API as staff use it, asked through the Gateway with their own token.</summary>
public sealed class OfficeApi(ApiCaller caller)
{
    public Task<ApiAnswer<Tokens>> LogIn(string email, string password, CancellationToken stop) =>
        caller.Post<Tokens>("/api/sessions", new { email, password }, stop);

    public Task<ApiAnswer<object>> LogOut(CancellationToken stop) => caller.Delete("/api/sessions/current", stop);

    /// <summary>Who is staff, for the names behind what was done; a page can do without.</summary>
    public async Task<StaffMember[]> Staff(CancellationToken stop) => (await caller.Glance<ListPage<StaffMember>>("/api/staff?limit=100", stop)).Value?.Items ?? [];

    public Task<ApiAnswer<ListPage<Order>>> Orders(OrderSearch search, CancellationToken stop) => caller.Get<ListPage<Order>>("/api/orders" + search.Query, stop);

    /// <summary>The shopper with an address; empty when nobody has it.</summary>
    public Task<ApiAnswer<ListPage<Customer>>> Customers(string email, CancellationToken stop) => caller.Get<ListPage<Customer>>($"/api/customers?email={Uri.EscapeDataString(email)}", stop);

    /// <summary>Who has an account; a page can do without.</summary>
    public async Task<Customer?> GlanceAtCustomer(Guid id, CancellationToken stop) => (await caller.Glance<Customer>($"/api/customers/{id}", stop)).Value;

    public Task<ApiAnswer<Order>> Order(Guid id, CancellationToken stop) => caller.Get<Order>($"/api/orders/{id}", stop);

    public Task<ApiAnswer<ListPage<Refund>>> Refunds(Guid orderId, CancellationToken stop) => caller.Get<ListPage<Refund>>($"/api/refunds?orderId={orderId}&limit=100", stop);

    public Task<ApiAnswer<OrderStock>> StockOf(Guid orderId, CancellationToken stop) => caller.Get<OrderStock>($"/api/stock/orders/{orderId}", stop);

    /// <param name="text">Words to search for; empty for all, by name.</param>
    public Task<ApiAnswer<ListPage<ListedProduct>>> Products(string text, string? cursor, CancellationToken stop) => caller.Get<ListPage<ListedProduct>>(
        "/api/products?limit=20" + (text.Length > 0 ? $"&search={Uri.EscapeDataString(text)}" : "&sort=name") + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), stop);

    public Task<ApiAnswer<Category[]>> Categories(CancellationToken stop) => caller.GetFresh<Category[]>("/api/categories", stop);

    public Task<ApiAnswer<CatalogueProduct>> Product(Guid id, CancellationToken stop) => caller.GetFresh<CatalogueProduct>($"/api/products/{id}", stop);

    public Task<ApiAnswer<ListPage<ProductChange>>> Changes(Guid productId, string? cursor, CancellationToken stop) => caller.Get<ListPage<ProductChange>>(
        $"/api/products/{productId}/changes" + (cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"), stop);

    public Task<ApiAnswer<CatalogueProduct>> CreateProduct(object input, CancellationToken stop) => caller.Post<CatalogueProduct>("/api/products", input, stop);

    /// <param name="version">What it was when it was read.</param>
    public Task<ApiAnswer<CatalogueProduct>> ChangeProduct(Guid id, object input, string version, CancellationToken stop) =>
        caller.Put<CatalogueProduct>($"/api/products/{id}", input, stop, $"\"{version}\"");

    public Task<ApiAnswer<object>> DeleteProduct(Guid id, string version, CancellationToken stop) => caller.Delete($"/api/products/{id}", stop, $"\"{version}\"");

    public Task<ApiAnswer<AddedPicture>> AddPicture(IFormFile file, CancellationToken stop) =>
        caller.PostContent<AddedPicture>("/api/pictures", () => new StreamContent(file.OpenReadStream()), stop);

    public Task<ApiAnswer<Stock>> Stock(string sku, CancellationToken stop) => caller.Get<Stock>($"/api/stock/{Uri.EscapeDataString(sku)}", stop);

    /// <param name="skus">At most 100.</param>
    public Task<ApiAnswer<ListPage<Stock>>> StockOf(string[] skus, CancellationToken stop) =>
        caller.Get<ListPage<Stock>>($"/api/stock?limit=100&sku={string.Join(',', skus.Select(Uri.EscapeDataString))}", stop);

    public Task<ApiAnswer<ListPage<StockMovement>>> Movements(string sku, string? cursor, CancellationToken stop) => caller.Get<ListPage<StockMovement>>(
        $"/api/stock/{Uri.EscapeDataString(sku)}/movements?limit=50" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), stop);

    public Task<ApiAnswer<Stock>> Adjust(string sku, long delta, string reason, string key, CancellationToken stop) =>
        caller.PostOnce<Stock>($"/api/stock/{Uri.EscapeDataString(sku)}/adjustments", new { delta, reason }, key, stop);

    public Task<ApiAnswer<Operations>> Operations(CancellationToken stop) => caller.Get<Operations>("/api/operations", stop);

    public Task<ApiAnswer<OrderCounts>> OrderCounts(CancellationToken stop) => caller.Get<OrderCounts>("/api/orders/counts", stop);

    public Task<ApiAnswer<Order>> Ship(Guid id, string carrier, string trackingNumber, CancellationToken stop) =>
        caller.Post<Order>($"/api/orders/{id}/ship", new { carrier, trackingNumber }, stop);

    public Task<ApiAnswer<Order>> Deliver(Guid id, CancellationToken stop) => caller.Post<Order>($"/api/orders/{id}/deliver", new { }, stop);

    public Task<ApiAnswer<Order>> Cancel(Guid id, CancellationToken stop) => caller.Post<Order>($"/api/orders/{id}/cancel", new { }, stop);

    /// <param name="amount">Null: all that is left of the payment.</param>
    public Task<ApiAnswer<Refund>> Refund(Guid paymentId, Money? amount, string? reason, string key, CancellationToken stop) =>
        caller.PostOnce<Refund>("/api/refunds", new { paymentId, amount, reason }, key, stop);
}
