namespace Stoa.Bench.Growth;

/// <summary>One product and one paid order, as the running store made them, become many in the services' own databases. The
/// copies are in every service that the measured calls reach: Products, Inventory, Carts and Orders. (Payments and the
/// provider know of none of the past payments.)</summary>
/// <param name="databaseOf">A service's connection string. Nothing runs on it.</param>
/// <param name="count">How many products, and how many orders, one of each.</param>
internal sealed class Grow(Func<string, string> databaseOf, long count)
{
    public const string Slug = "thing-template";
    public const string Sku = "THING-TEMPLATE";
    public const long Price = 199_977;

    /// <summary>Products of one kin: a word that so many have, however many there are.</summary>
    public const int Kin = 20;

    /// <summary>Orders of the template's buyer; and of every other.</summary>
    public const int OrdersOfABuyer = 20;

    public const int Categories = 10;

    private const string Number = "CAST(n AS TEXT)";
    private const string PriceOfCopy = "1000 + n * 7919 % 90000";
    private const string SkuOfCopy = "'THING-' || " + Number;
    private const string CategoryOfCopy = "'category-' || CAST(n % 10 AS TEXT)";
    private const string OfTemplate = $"(SELECT number FROM products WHERE slug = '{Slug}')";

    private static readonly string KinOfCopy = "'kin' || " + Copies.Padded($"n / {Kin}", 6);

    private string _product = ""; // as the engine keeps it
    private string _order = "";

    /// <summary>What a copy costs.</summary>
    public static long PriceOf(long number) => 1000 + number * 7919 % 90000;

    /// <summary>The word of a copy's kin.</summary>
    public static string KinOf(long number) => FormattableString.Invariant($"kin{number / Kin:000000}");

    /// <summary>Makes the copies of the product, wherever one is kept.</summary>
    public async Task Products()
    {
        await using (var products = await Copies.Open(databaseOf("products"), count))
        {
            _product = await products.Text($"SELECT CAST(id AS TEXT) FROM products WHERE slug = '{Slug}'");
            await products.Make("categories", "slug = 'category-template'", Categories, ("slug", CategoryOfCopy), ("name", "'Category ' || " + Number), ("products", $"{count / Categories}"));
            await products.Make("products", $"slug = '{Slug}'", ("number", "template.number + 1 + n"), ("id", IdOfCopy(products)), ("slug", "'thing-' || " + Number),
                ("category", CategoryOfCopy), ("price_from", PriceOfCopy), ("name_key", Renamed("name_key")));
            await products.Renumber("products", "number");
            await products.Make("product_texts", $"number = {OfTemplate}", ("number", "template.number + 1 + n"), ("listing", Renamed("listing")), ("document", Renamed("document")));
            await products.Make("variants", $"sku = '{Sku}'", ("sku", SkuOfCopy), ("product_number", "template.product_number + 1 + n"));
            await products.Make("availability", $"sku = '{Sku}'", ("sku", SkuOfCopy));
            await products.Make("product_changes", $"product_id = '{_product}'", ("product_id", IdOfCopy(products)), ("differences", Renamed("differences")));
            await Words(products);
            await products.Events(InText(_product), "0011", Copies.IdText("0001", "n"), Renamed("data"));
        }

        await using (var inventory = await Copies.Open(databaseOf("inventory"), count))
        {
            await inventory.Make("stock", $"sku = '{Sku}'", ("sku", SkuOfCopy));
            await inventory.Make("movements", $"sku = '{Sku}' AND kind = 'adjustment'", ("cause_id", inventory.Id("0003", "n")), ("sku", SkuOfCopy));
            await inventory.Events(Sku, "0013", SkuOfCopy, Renamed("data"));
        }

        foreach (var (service, table) in new[] { ("carts", "variants"), ("orders", "prices") })
        {
            await using var copy = await Copies.Open(databaseOf(service), count);
            await copy.Make("products", $"id = '{_product}'", ("id", IdOfCopy(copy)), ("slug", "'thing-' || " + Number));
            await copy.Make(table, $"sku = '{Sku}'", ("sku", SkuOfCopy), ("product_id", IdOfCopy(copy)), ("name", Renamed("name")), ("price_amount", PriceOfCopy), ("price_minor", PriceOfCopy));
        }
    }

    /// <summary>Makes the copies of the order, each of one of the copied products.</summary>
    public async Task Orders()
    {
        await using (var orders = await Copies.Open(databaseOf("orders"), count))
        {
            _order = await orders.Text("SELECT CAST(id AS TEXT) FROM orders");
            await orders.Make("orders", $"id = '{_order}'", ("id", orders.Id("0002", "n")), ("number", $"'S-' || {Copies.Padded("n", 10)}"),
                ("buyer_id", $"CASE WHEN n % {Math.Max(1, count / OrdersOfABuyer)} = 0 THEN template.buyer_id ELSE {orders.Id("0004", $"n / {OrdersOfABuyer}")} END"),
                ("email", $"'buyer' || CAST(n / {OrdersOfABuyer} AS TEXT) || '@example.com'"), ("lines", Ordered("lines")));
            await orders.Make("order_history", $"order_id = '{_order}'", ("order_id", orders.Id("0002", "n")));
            await orders.Events(InText(_order), "0012", Copies.IdText("0002", "n"), Ordered("data"));
        }

        await using var inventory = await Copies.Open(databaseOf("inventory"), count);
        await inventory.Make("reservations", $"order_id = '{_order}'", ("order_id", inventory.Id("0002", "n")));
        await inventory.Make("reservation_lines", $"order_id = '{_order}'", ("order_id", inventory.Id("0002", "n")), ("sku", SkuOfCopy));
        await inventory.Make("movements", $"cause_id = '{_order}' AND kind = 'sale'", ("cause_id", inventory.Id("0002", "n")), ("sku", SkuOfCopy));
    }

    /// <summary>Puts whoever reads the grown logs at their heads.</summary>
    /// <param name="services">All that may read them.</param>
    public async Task Heads(IEnumerable<string> services)
    {
        var heads = new Dictionary<string, (string, string, string)>();
        foreach (var source in new[] { "products", "inventory", "orders" })
        {
            await using var log = await Copies.Open(databaseOf(source), count);
            heads[source] = await log.Head();
            await log.Compacted();
        }

        foreach (var service in services)
        {
            await using var reader = await Copies.Open(databaseOf(service), count);
            foreach (var (source, head) in heads) await reader.StandAt(source, head);
        }
    }

    /// <summary>An id as it stands in texts, whichever way the engine keeps ids.</summary>
    private static string InText(string id) => id.ToLowerInvariant();

    private static string IdOfCopy(Copies copies) => copies.Id("0001", "n");

    /// <summary>A text of the template with a copy's names.</summary>
    private string Renamed(string column)
    {
        var text = "template." + column;
        foreach (var (of, to) in new[]
        {
            (Slug, "'thing-' || " + Number), (Sku, SkuOfCopy), ("nametemplate", Number), ("kintemplate", KinOfCopy), ("category-template", CategoryOfCopy),
            ($"{Price}", $"CAST({PriceOfCopy} AS TEXT)"), (InText(_product), Copies.IdText("0001", "n")),
        })
        {
            text = $"REPLACE({text}, '{of}', {to})";
        }

        return text;
    }

    /// <summary>A text of the order with a copy's id and product.</summary>
    private string Ordered(string column) => $"REPLACE(REPLACE(template.{column}, '{InText(_order)}', {Copies.IdText("0002", "n")}), '{Sku}', {SkuOfCopy})";

    /// <summary>The words of the copies. Those of the template cannot be read back from an index, so they are made of the document
    /// as Products makes them (src/Products/Search.cs).</summary>
    private static Task Words(Copies products)
    {
        const string ByNumber = $"FROM numbers JOIN product_texts ON product_texts.number = {OfTemplate} + 1 + n";
        const string Labels = CategoryOfCopy + " || ' Category ' || CAST(n % 10 AS TEXT) || ' ' || " + SkuOfCopy;
        return products.Repeat(
            $"""
            INSERT INTO product_words (rowid, name, labels, summary, description)
            SELECT number, document ->> '$.name', {Labels}, document ->> '$.summary', document ->> '$.description' {ByNumber}
            """,
            $"""
            INSERT INTO product_words (number, words)
            SELECT number, setweight(to_tsvector('stoa', lower(document::json ->> 'name')), 'A') || setweight(to_tsvector('stoa', lower(replace({Labels}, '-', ' '))), 'B') ||
                setweight(to_tsvector('stoa', lower(document::json ->> 'summary')), 'C') || setweight(to_tsvector('stoa', lower(document::json ->> 'description')), 'D') {ByNumber}
            """);
    }
}
