namespace Stoa.Launcher.Tests;

/// <summary>Services of one's own, by a settings file.</summary>
public sealed class AddedServicesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-added-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_file_the_store_is_the_store() => Assert.Same(Topology.Processes, AddedServices.Read(null, Repository.Find()));

    [Fact]
    public void The_sample_s_settings_add_the_wishlist()
    {
        var repository = Repository.Find();
        var processes = AddedServices.Read(Path.Combine(repository.Root, "samples", "wishlist", "stoa.json"), repository);

        var wishlist = Assert.Single(processes, process => process.Name == "wishlist");
        Assert.Equal(("Wishlist", "samples/wishlist/Wishlist.csproj", true), (wishlist.Project, wishlist.ProjectFile, wishlist.OwnsData));
        Assert.Equal(["/api/wishlist"], wishlist.Routes);
        Assert.Equal(Topology.Processes, processes.Except([wishlist]));
    }

    [Fact]
    public async Task An_added_service_is_told_what_every_other_is_and_the_Gateway_its_routes()
    {
        await using var probes = new ProbeStore();
        var added = new StoreProcess("gifts", "Probe", OwnsData: true) { Routes = ["/api/gifts", "/api/vouchers"] };
        var store = probes.Open([.. ProbeStore.Few, added]);

        var gifts = store["gifts"].Plan;
        Assert.Equal($"Data Source={Path.Combine(probes.Data.Of("gifts"), "gifts.db")}", gifts.Environment["Stoa__Database"]);
        Assert.Equal("/api/gifts=gifts;/api/vouchers=gifts", store["gateway"].Plan.Environment["Stoa__Routes"]);
        Assert.False(gifts.Environment.ContainsKey("Stoa__Routes"));
        Assert.Equal(gifts.Url.ToString().TrimEnd('/'), store["gateway"].Plan.Environment["Stoa__Services__gifts__Url"]);
        Assert.Equal(store["orders"].Plan.Environment["Stoa__Services__gifts__PublicKey"], gifts.Environment["Stoa__Services__gifts__PublicKey"]);
    }

    [Theory]
    [InlineData("""{"services": [{"name": "Wishlist!", "project": "samples/wishlist/Wishlist.csproj"}]}""", "\"Wishlist!\" is no name for a service")]
    [InlineData("""{"services": [{"name": "orders", "project": "samples/wishlist/Wishlist.csproj"}]}""", "there is a service orders already")]
    [InlineData("""{"services": [{"name": "gifts"}]}""", "the project of gifts, \"\", is not in the repository")]
    [InlineData("""{"services": [{"name": "gifts", "project": "samples/gifts/Gifts.csproj"}]}""", "is not in the repository")]
    [InlineData("""{"services": [{"name": "gifts", "project": "README.md"}]}""", "dotnet sln Stoa.slnx add README.md")]
    [InlineData("""{"services": [{"name": "gifts", "project": "samples/wishlist/Wishlist.csproj", "routes": ["/gifts"]}]}""", "\"/gifts\" is no route")]
    [InlineData("""{"services": [{"name": "gifts", "project": "samples/wishlist/Wishlist.csproj", "routes": ["/api/gifts;/api/orders"]}]}""", "is no route")]
    [InlineData("""{"services": {}}""", "is not the JSON that --config takes")]
    [InlineData("nothing", "is not the JSON that --config takes")]
    public void Refuses_what_cannot_be(string text, string sentence)
    {
        var file = Path.Combine(_folder.FullName, "stoa.json");
        File.WriteAllText(file, text);

        Assert.Contains(sentence, Assert.Throws<CannotGoOnException>(() => AddedServices.Read(file, Repository.Find())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_that_is_not_there() =>
        Assert.Contains("There is no file", Assert.Throws<CannotGoOnException>(() => AddedServices.Read(Path.Combine(_folder.FullName, "none.json"), Repository.Find())).Message, StringComparison.Ordinal);
}
