namespace Stoa.Launcher.Tests;

public sealed class FingerprintTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("stoa-fingerprint-");

    public FingerprintTests()
    {
        Write("src/Orders/Orders.csproj", "<Project />");
        Write("Directory.Build.props", "<Project />");
    }

    [Fact]
    public void Is_the_same_while_nothing_changes() => Assert.Equal(Fingerprint.Of(_root.FullName), Fingerprint.Of(_root.FullName));

    [Theory]
    [InlineData("src/Orders/Orders.csproj")]
    [InlineData("src/Orders/PlaceOrder.cs")]
    [InlineData("samples/hello/Greeting/Program.cs")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    [InlineData("BannedSymbols.txt")]
    public void Changes_with_every_file_that_a_build_reads(string file)
    {
        var before = Fingerprint.Of(_root.FullName);
        Write(file, "something else");
        Assert.NotEqual(before, Fingerprint.Of(_root.FullName));
    }

    [Fact]
    public void Changes_when_a_file_was_only_written_again()
    {
        var before = Fingerprint.Of(_root.FullName);
        File.SetLastWriteTimeUtc(Path.Combine(_root.FullName, "Directory.Build.props"), DateTime.UnixEpoch);
        Assert.NotEqual(before, Fingerprint.Of(_root.FullName));
    }

    [Theory]
    [InlineData("tests/Faults/Stage.cs")]
    [InlineData("src/Launcher/Up.cs")]
    [InlineData("src/Orders/PlaceOrder.cs")]
    public void That_of_a_program_which_runs_the_store_changes_with_it_and_with_us(string file)
    {
        var before = Fingerprint.Of(_root.FullName, "tests/Faults");
        Write(file, "something");
        Assert.NotEqual(before, Fingerprint.Of(_root.FullName, "tests/Faults"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Launcher/Up.cs")]
    [InlineData("src/Supervision/Signals.cs")]
    [InlineData("artifacts/bin/Orders.dll")]
    [InlineData("data/orders/orders.db")]
    [InlineData("tests/Orders.Tests/PlaceOrderTests.cs")]
    public void Does_not_change_with_anything_else(string file)
    {
        var before = Fingerprint.Of(_root.FullName);
        Write(file, "something");
        Assert.Equal(before, Fingerprint.Of(_root.FullName));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
