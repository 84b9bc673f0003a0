using System.Runtime.Versioning;

namespace Stoa.Launcher.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stoa-secrets-");
    private readonly Dictionary<string, string> _environment = [];

    private DataFolder Data => new(Path.Combine(_folder.FullName, "data"));

    private Secrets Secrets => new(Data, name => _environment.GetValueOrDefault(name));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows inherits the rights of the folder.");
        Secrets.ServiceKey("orders");
        Secrets.StripeSecretKey();
        Secrets.Staff();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data.Secrets));
        var files = Directory.GetFiles(Data.Secrets);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Are_made_once()
    {
        var (key, staff) = (Secrets.ServiceKey("orders"), Secrets.Staff());

        Assert.Equal(key, Secrets.ServiceKey("orders"));
        Assert.NotEqual(key, Secrets.ServiceKey("carts"));
        Assert.Equal(Secrets.StripeSecretKey(), Secrets.StripeSecretKey());
        Assert.Equal((staff.Email, staff.Password), (Secrets.Staff().Email, Secrets.Staff().Password));
    }

    [Fact]
    public void A_person_is_told_of_the_staff_account_once()
    {
        Assert.True(Secrets.Staff().IsNew);
        Assert.False(Secrets.Staff().IsNew);
        Assert.InRange(Secrets.Staff().Password.Length, 20, 128);
    }

    [Fact]
    public void The_environments_staff_account_is_not_written_down()
    {
        _environment["STOA_STAFF_EMAIL"] = "boss@example.com";
        _environment["STOA_STAFF_PASSWORD"] = "a password of their own";

        Assert.Equal(new Staff("boss@example.com", "a password of their own", IsNew: false), Secrets.Staff());
        Assert.Empty(Directory.GetFiles(Data.Secrets));
    }

    [Fact]
    public void A_staff_address_without_a_password_gets_one()
    {
        _environment["STOA_STAFF_EMAIL"] = "boss@example.com";

        Assert.Equal("boss@example.com", Secrets.Staff().Email);
        Assert.NotEmpty(Secrets.Staff().Password);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
