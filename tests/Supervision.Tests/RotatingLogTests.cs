namespace Stoa.Supervision.Tests;

public sealed class RotatingLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-log-");

    private string LogFile => Path.Combine(_folder.FullName, "logs", "orders.log");

    [Fact]
    public void Never_holds_more_than_two_caps()
    {
        using var log = new RotatingLog(LogFile, capBytes: 1000);
        for (var line = 0; line < 500; line++) log.Write($"line {line} {new string('.', 40)}");
        log.Dispose();

        Assert.InRange(new FileInfo(log.Path).Length, 1, 1100);
        Assert.InRange(new FileInfo(log.Previous).Length, 1000, 1100);
        Assert.StartsWith("line 499 ", File.ReadLines(log.Path).Last(), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(log.Path)!).Length);
    }

    [Fact]
    public void Appends_to_what_an_earlier_run_wrote()
    {
        using (var earlier = new RotatingLog(LogFile)) earlier.Write("first");
        using (var later = new RotatingLog(LogFile)) later.Write("second");

        Assert.Equal(["first", "second"], File.ReadLines(LogFile));
    }

    [Fact]
    public void Can_be_read_while_it_is_written()
    {
        using var log = new RotatingLog(LogFile);
        log.Write("now");

        using var reader = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Assert.Equal("now", reader.ReadLine());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
