using System.Text;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>Pictures come in by their content and go out harmless.</summary>
public sealed class PictureTests(Shop shop)
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><defs><linearGradient id="g"/></defs><path fill="url(#g)" d="M0 0h8v8z"/><use href="#g"/></svg>""";

    private Task<Reply> Send(byte[] content, string type = "application/octet-stream")
    {
        var body = new ByteArrayContent(content);
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        return shop.Staff.Post("/api/pictures", body);
    }

    private Task<Reply> Send(string svg) => Send(Encoding.UTF8.GetBytes(svg), "image/svg+xml");

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452", "png", "image/png")]
    [InlineData("FFD8FFE000104A46494600", "jpg", "image/jpeg")]
    [InlineData("524946461A000000574542505650384C0D000000", "webp", "image/webp")]
    public async Task A_picture_is_known_by_its_bytes(string hex, string extension, string type)
    {
        var added = await Send(Convert.FromHexString(hex), "text/html");
        Assert.Equal(201, added.Status);
        var url = added.Json.GetProperty("url").GetString()!;
        Assert.EndsWith("." + extension, url, StringComparison.Ordinal);
        var shown = await shop.Anybody.Get(url);
        Assert.Equal((200, type), (shown.Status, shown.Header("Content-Type")));
    }

    [Fact]
    public async Task The_same_picture_has_the_same_address_and_is_kept_for_ever()
    {
        var first = await Send(Svg);
        Assert.Equal(first.Body, (await Send(Svg)).Body);
        var url = first.Json.GetProperty("url").GetString()!;
        Assert.Matches("^/pictures/[0-9a-f]{32}\\.svg$", url);
        var shown = await shop.Anybody.Get(url);
        Assert.Equal(Svg, shown.Body);
        Assert.Equal("image/svg+xml", shown.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", shown.Header("Cache-Control"));
        Assert.Equal("nosniff", shown.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox", shown.Header("Content-Security-Policy"));
        Assert.Equal(304, (await shop.Anybody.Get(url, ("If-None-Match", shown.Header("ETag")!))).Status);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g OnClick='alert(1)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><a href='https://evil.example'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='https://evil.example/x.png'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><use href='https://evil.example/x.svg#a'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><use xlink:href='data:image/svg+xml,x'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href' to='javascript:alert(1)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill:url(https://evil.example/x)'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><rect fill=\"url( 'https://evil.example/x')\"/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://evil.example/x.css';</style></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><style>rect{fill:u\\72l(https://evil.example)}</style></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><html xmlns='http://www.w3.org/1999/xhtml'/></svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>")]
    [InlineData("<?xml-stylesheet href='https://evil.example/x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>")]
    [InlineData("<svg/>")]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    public async Task Refuses_an_svg_that_does_more_than_draw(string svg) => Assert.Equal((422, "validation"), Both(await Send(svg)));

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a")]
    [InlineData("<!doctype html><p>hello")]
    [InlineData("BM")]
    public async Task Refuses_what_is_no_picture(string content) => Assert.Equal((415, "unsupported_media_type"), Both(await Send(content)));

    [Fact]
    public async Task Refuses_a_picture_of_more_than_a_mebibyte()
    {
        var content = new byte[1 << 20];
        Convert.FromHexString("FFD8FF").CopyTo(content, 0);
        Assert.Equal(201, (await Send(content)).Status);
        Assert.Equal((413, "too_large"), Both(await Send([.. content, 0])));
    }

    [Theory]
    [InlineData("/pictures/nothing.svg")]
    [InlineData("/pictures/nothing")]
    [InlineData("/pictures/..%2f..%2fetc%2fpasswd.svg")]
    public async Task A_picture_that_is_not_there_is_404(string path) => Assert.Equal((404, "not_found"), Both(await shop.Anybody.Get(path)));

    [Fact]
    public void Every_picture_of_the_demo_catalogue_only_draws()
    {
        var folder = Path.Combine(Repository.Root, "catalogue", "pictures");
        Assert.All(Directory.GetFiles(folder, "*.svg"), file => Assert.Null(SafeSvg.Fault(File.ReadAllBytes(file))));
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
