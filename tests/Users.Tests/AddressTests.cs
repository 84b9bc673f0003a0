using System.Text.Json;
using Stoa.Kit;

namespace Stoa.Users.Tests;

/// <summary>A user's address book.</summary>
public sealed class AddressTests(Town town) : IClassFixture<Town>
{
    private const string Book = "/api/users/me/addresses";

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);

    private async Task<Api> Person() => town.Users.As((await town.PersonsSession()).Access);

    private static object Address(string line1 = "Adrianou 24", bool? isDefault = null) =>
        new { name = " Anna Kallistou ", line1, line2 = " ", city = "Athens", postalCode = "105 55", country = "GR", isDefault };

    private static async Task<(string Line1, bool IsDefault)[]> Shown(Api person) => [.. (await person.Get(Book)).Json.GetProperty("items").EnumerateArray()
        .Select(one => (one.GetProperty("line1").GetString()!, one.GetProperty("isDefault").GetBoolean())).Order()];

    private static string At(Reply made) => $"{Book}/{made.Json.GetProperty("id").GetGuid()}";

    [Fact]
    public async Task Keeps_an_address_without_the_spaces_around_it()
    {
        var anna = await Person();
        var made = await anna.Post(Book, Address());
        Assert.Equal(201, made.Status);
        Assert.Equal(At(made), made.Header("Location"));
        Assert.Equal("Anna Kallistou", made.Json.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, made.Json.GetProperty("line2").ValueKind);
        Assert.Equal(made.Body, (await anna.Get(At(made))).Body);
        Assert.Equal("no-store", (await anna.Get(Book)).Header("Cache-Control"));
    }

    [Fact]
    public async Task The_same_address_again_is_one_address()
    {
        var anna = await Person();
        var made = await anna.Post(Book, Address());
        var again = await anna.Post(Book, Address());
        Assert.Equal((200, made.Body), (again.Status, again.Body));
        Assert.True((await anna.Post(Book, Address(isDefault: true))).Json.GetProperty("isDefault").GetBoolean());
        Assert.True((await anna.Post(Book, Address())).Json.GetProperty("isDefault").GetBoolean()); // asking for it again does not take that back
        Assert.Equal([("Adrianou 24", true)], await Shown(anna));
    }

    [Fact]
    public async Task One_address_at_most_is_the_default()
    {
        var anna = await Person();
        var first = await anna.Post(Book, Address("First", isDefault: true));
        await anna.Post(Book, Address("Second", isDefault: true));
        Assert.Equal([("First", false), ("Second", true)], await Shown(anna));
        Assert.Equal(200, (await anna.Put(At(first), Address("First, back house", isDefault: true))).Status);
        Assert.Equal([("First, back house", true), ("Second", false)], await Shown(anna));
        await anna.Put(At(first), Address("First"));
        Assert.Equal([("First", false), ("Second", false)], await Shown(anna));
    }

    [Fact]
    public async Task Is_taken_out_once()
    {
        var anna = await Person();
        var made = await anna.Post(Book, Address());
        Assert.Equal(204, (await anna.Delete(At(made))).Status);
        Assert.Equal((404, "not_found"), Both(await anna.Delete(At(made))));
        Assert.Equal((404, "not_found"), Both(await anna.Put(At(made), Address())));
        Assert.Empty(await Shown(anna));
    }

    [Fact]
    public async Task Another_persons_address_is_not_there()
    {
        var (anna, eve) = (await Person(), await Person());
        var made = await anna.Post(Book, Address());
        Assert.Equal((404, "not_found"), Both(await eve.Get(At(made))));
        Assert.Equal((404, "not_found"), Both(await eve.Put(At(made), Address("Elsewhere", isDefault: true))));
        Assert.Equal((404, "not_found"), Both(await eve.Delete(At(made))));
        Assert.Empty(await Shown(eve));
        Assert.Equal([("Adrianou 24", false)], await Shown(anna));
    }

    [Fact]
    public async Task Only_a_signed_in_shopper_has_a_book()
    {
        Assert.Equal((401, "unauthenticated"), Both(await town.Users.Get(Book)));
        Assert.Equal((403, "forbidden"), Both(await town.Users.As((await town.Guest()).Access).Post(Book, Address())));
    }

    [Theory]
    [InlineData("name", """{"line1":"a","city":"b","postalCode":"c","country":"GR"}""")]
    [InlineData("line1", """{"name":"n","line1":"  ","city":"b","postalCode":"c","country":"GR"}""")]
    [InlineData("city", """{"name":"n","line1":"a","city":"b\nc","postalCode":"c","country":"GR"}""")]
    [InlineData("postalCode", """{"name":"n","line1":"a","city":"b","postalCode":"123456789012345678901","country":"GR"}""")]
    [InlineData("country", """{"name":"n","line1":"a","city":"b","postalCode":"c","country":"Greece"}""")]
    public async Task Refuses_what_is_no_address(string field, string body)
    {
        var reply = await (await Person()).Post(Book, body);
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Equal([field], reply.Json.GetProperty("errors").EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task Holds_twenty_and_lists_them_page_by_page()
    {
        var anna = await Person();
        var made = await Task.WhenAll(Enumerable.Range(0, 21).Select(number => anna.Post(Book, Address($"Street {number}"))));
        Assert.Equal((20, 1), (made.Count(one => one.Status == 201), made.Count(one => one.Code == "too_many_addresses")));
        var page = (await anna.Get(Book + "?limit=15")).Json;
        Assert.Equal(15, page.GetProperty("items").GetArrayLength());
        var rest = (await anna.Get($"{Book}?limit=15&cursor={page.GetProperty("nextCursor").GetString()}")).Json;
        Assert.Equal((5, JsonValueKind.Null), (rest.GetProperty("items").GetArrayLength(), rest.GetProperty("nextCursor").ValueKind));
    }

    [Fact]
    public async Task Goes_with_the_account_and_nothing_is_added_after()
    {
        var session = await town.PersonsSession();
        var anna = town.Users.As(session.Access);
        await anna.Post(Book, Address());
        await anna.Delete("/api/users/me");
        Assert.Equal(404, (await anna.Post(Book, Address())).Status);
        Assert.Equal(0, await town.Database.Scalar<int>("SELECT COUNT(*) FROM addresses WHERE user_id = @UserId", session));
    }
}
