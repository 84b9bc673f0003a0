using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stoa.Launcher;

/// <summary>
/// Fills an empty store with the demo catalogue, as staff and through the public API. Interrupted, it goes on at the
/// next start: each step does nothing when it has been done before.
/// </summary>
public sealed class FillStore
{
    private const int AtOnce = 8;
    private const string Begun = "begun";
    private const string Done = "done";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Straight to the services: the Gateway's limits are for shoppers.
    private readonly HttpClient _users;
    private readonly HttpClient _products;
    private readonly HttpClient _inventory;
    private readonly string _folder;
    private readonly string _currency;

    private FillStore(Store store, string folder)
    {
        _users = To(store, "users");
        _products = To(store, "products");
        _inventory = To(store, "inventory");
        _folder = folder;
        _currency = store.Currency;
    }

    public static async Task Run(Store store, DataFolder data, Repository repository, Action<string> progress, CancellationToken stop)
    {
        var marker = Path.Combine(data.FullPath, "catalogue");
        var state = File.Exists(marker) ? await File.ReadAllTextAsync(marker, stop) : "";
        if (state == Done) return;

        var fill = new FillStore(store, repository.Catalogue);
        if (state != Begun && !await fill.IsEmpty(stop)) return;   // somebody's own goods

        await File.WriteAllTextAsync(marker, Begun, stop);
        await fill.Fill(store.Staff, progress, stop);
        await File.WriteAllTextAsync(marker, Done, stop);
    }

    private async Task<bool> IsEmpty(CancellationToken stop)
    {
        using var answer = await Persist(() => _products.GetAsync("/api/products?limit=1", stop), stop);
        await Expect(answer, HttpStatusCode.OK, "the list of products", stop);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("items").GetArrayLength() == 0;
    }

    private async Task Fill(Staff staff, Action<string> progress, CancellationToken stop)
    {
        var catalogue = Catalogue.Read(_folder);
        await LogIn(staff, stop);
        var names = catalogue.Categories.ToDictionary(category => category.Slug, category => category.Name);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        var filled = 0;
        await Parallel.ForEachAsync(catalogue.Products, parallel, async (product, ct) =>
        {
            await Add(product, names[product.Category], ct);
            progress($"{Interlocked.Increment(ref filled)} of {catalogue.Products.Length} products");
        });
        // After all products, and not each after its own: Inventory has heard of most SKUs by now.
        await Parallel.ForEachAsync(catalogue.Products.SelectMany(product => product.Variants), parallel, async (variant, ct) => await Stock(variant, ct));
    }

    private async Task LogIn(Staff staff, CancellationToken stop)
    {
        using var answer = await Persist(() => _users.PostAsJsonAsync("/api/sessions", new { staff.Email, staff.Password }, stop), stop);
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new CannotGoOnException($"The staff account {staff.Email} cannot log in ({await Words(answer, stop)}), so the demo catalogue cannot be filled in. Start with --empty, or with the right STOA_STAFF_PASSWORD.");
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        var token = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        _products.DefaultRequestHeaders.Authorization = token;
        _inventory.DefaultRequestHeaders.Authorization = token;
    }

    private async Task Add(Catalogue.Product product, string category, CancellationToken stop)
    {
        if (await IsThere(product.Slug, stop)) return;

        var pictures = new Dictionary<string, string>();
        foreach (var image in product.Variants.Select(variant => variant.Image).Append(product.Image).OfType<string>().Distinct())
            pictures[image] = await Upload(image, stop);

        var body = new
        {
            product.Slug,
            product.Name,
            product.Summary,
            product.Description,
            Category = new { Slug = product.Category, Name = category },
            ImageUrl = pictures[product.Image],
            product.Options,
            Variants = product.Variants.Select(variant => new
            {
                variant.Sku,
                variant.Name,
                Price = new { Amount = variant.Price, Currency = _currency },
                variant.Options,
                ImageUrl = variant.Image is null ? null : pictures[variant.Image],
            }),
        };
        using var answer = await Persist(() => _products.PostAsJsonAsync("/api/products", body, stop), stop);
        if (answer.StatusCode == HttpStatusCode.Conflict && await IsThere(product.Slug, stop)) return;   // the try whose answer was lost
        await Expect(answer, HttpStatusCode.Created, $"product {product.Slug}", stop);
    }

    private async Task<bool> IsThere(string slug, CancellationToken stop)
    {
        using var answer = await Persist(() => _products.GetAsync($"/api/products/{slug}", stop), stop);
        return answer.IsSuccessStatusCode;
    }

    private async Task<string> Upload(string image, CancellationToken stop)
    {
        var bytes = await File.ReadAllBytesAsync(Catalogue.Picture(_folder, image), stop);
        using var answer = await Persist(
            () => _products.PostAsync("/api/pictures", new ByteArrayContent(bytes) { Headers = { ContentType = new("image/svg+xml") } }, stop), stop);
        await Expect(answer, HttpStatusCode.Created, $"picture {image}", stop);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("url").GetString()!;
    }

    /// <summary>The key makes the adjustment one, however often it is sent.</summary>
    private async Task Stock(Catalogue.Variant variant, CancellationToken stop)
    {
        if (variant.Stock == 0) return;
        using var answer = await Persist(() => Adjust(variant, stop), stop, untilKnown: true);
        await Expect(answer, HttpStatusCode.Created, $"stock of {variant.Sku}", stop);
    }

    private Task<HttpResponseMessage> Adjust(Catalogue.Variant variant, CancellationToken stop) =>
        _inventory.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/stock/{Uri.EscapeDataString(variant.Sku)}/adjustments")
        {
            Content = JsonContent.Create(new { Delta = variant.Stock, Reason = "Opening stock" }),
            Headers = { { "Idempotency-Key", $"demo-catalogue-{variant.Sku}" } },
        }, stop);

    /// <summary>Each step may be repeated, so whatever says "later" is asked again.</summary>
    /// <param name="untilKnown">404 is "later" too: Inventory knows a SKU once its event has arrived.</param>
    private static async Task<HttpResponseMessage> Persist(Func<Task<HttpResponseMessage>> call, CancellationToken stop, bool untilKnown = false)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, stop))
        {
            var answer = await call();
            var later = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
                || (untilKnown && answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict);
            if (!later || waited.Elapsed > Patience) return answer;
            answer.Dispose();
        }
    }

    private static HttpClient To(Store store, string service) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = store.UrlOf(service), Timeout = Patience };

    private static async Task Expect(HttpResponseMessage answer, HttpStatusCode status, string what, CancellationToken stop)
    {
        if (answer.StatusCode != status)
            throw new CannotGoOnException($"The demo catalogue could not be filled in: {what} was answered with {await Words(answer, stop)}.");
    }

    private static async Task<string> Words(HttpResponseMessage answer, CancellationToken stop) =>
        $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}".Trim();
}
