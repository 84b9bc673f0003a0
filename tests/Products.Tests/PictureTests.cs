using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stoa.Kit;

namespace Stoa.Products.Tests;

/// <summary>Pictures come in by their content and go out harmless.</summary>
public sealed class PictureTests(Shop shop)
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><defs><linearGradient id="g" /></defs><path fill="url(#g)" d="M0 0h8v8z" /><use href="#g" /></svg>""";

    private Task<Reply> Send(byte[] content, string type = "application/octet-stream")
    {
        var body = new ByteArrayContent(content);
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        return shop.Staff.Post("/api/pictures", body);
    }

    private Task<Reply> Send(string svg) => Send(Encoding.UTF8.GetBytes(svg), "image/svg+xml");

    /// <summary>The smallest of each kind, and the same with another size written into it.</summary>
    public static TheoryData<byte[], string, string> Pictures => new()
    {
        { Png(1, 1), "png", "image/png" },
        { Png(8192, 4096), "png", "image/png" },
        { Jpeg(1, 1), "jpg", "image/jpeg" },
        { Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="), "webp", "image/webp" },
        { Convert.FromBase64String("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"), "webp", "image/webp" },
    };

    [Theory, MemberData(nameof(Pictures))]
    public async Task A_picture_is_known_by_its_bytes(byte[] content, string extension, string type)
    {
        var added = await Send(content, "text/html");
        Assert.True(added.Status == 201, added.ToString());
        var url = added.Json.GetProperty("url").GetString()!;
        Assert.EndsWith("." + extension, url, StringComparison.Ordinal);
        var shown = await shop.Anybody.Get(url);
        Assert.Equal((200, type), (shown.Status, shown.Header("Content-Type")));
    }

    public static TheoryData<byte[], string> Faulty => new()
    {
        { Png(0, 1), "is empty" },
        { Png(8193, 1), "8193 × 1 pixels" },
        { Png(8192, 8192), "40 million in all" },
        { Png(uint.MaxValue, uint.MaxValue), "pixels" },
        { Png(1, 1)[..^12], "damaged" }, // without its end
        { Png(1, 1)[..16], "damaged" },
        { [.. Png(1, 1).AsSpan(0, 8), .. Png(1, 1).AsSpan(33)], "damaged" }, // without its head
        { Jpeg(9000, 10), "9000 × 10 pixels" },
        { Jpeg(1, 1)[..12], "damaged" },
        { Convert.FromHexString("FFD8FFE000104A46494600"), "damaged" },
        { Convert.FromHexString("524946461A000000574542505650384C0D000000"), "damaged" },
        { WebPOf(20_000, 10), "20000 × 10 pixels" },
        { Encoding.ASCII.GetBytes("RIFF\u0010\0\0\0WEBPJUNK------------------"), "damaged" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public async Task Refuses_what_only_begins_like_a_picture_or_is_too_large_to_show(byte[] content, string reason)
    {
        var reply = await Send(content, "image/png");
        Assert.Equal((422, "validation"), Both(reply));
        Assert.Contains(reason, reply.Json.GetProperty("errors").GetProperty("body")[0].GetString(), StringComparison.Ordinal);
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
    [InlineData("<script>alert('evil')</script>")]
    [InlineData("<SCRIPT>alert('evil')</SCRIPT>")]
    [InlineData("<g onload='evil()' OnClick='evil()' x:onclick='evil()' xmlns:x='urn:x'/>")]
    [InlineData("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>evil</p></foreignObject>")]
    [InlineData("<a href='https://evil.example'/>")]
    [InlineData("<image href='https://evil.example/x.png'/>")]
    [InlineData("<use href='https://evil.example/x.svg#a'/>")]
    [InlineData("<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='data:image/svg+xml,evil'/>")]
    [InlineData("<g xml:base='https://evil.example/'/>")]
    [InlineData("<set attributeName='href' to='javascript:evil()'/>")]
    [InlineData("<animate attributeName='href' values='javascript:evil()'/>")]
    [InlineData("<rect style='fill:url(https://evil.example/x)'/>")]
    [InlineData("<rect fill=\"url( 'https://evil.example/x')\"/>")]
    [InlineData("<rect style=\"background:image-set('https://evil.example/x' 1x)\"/>")]
    [InlineData("<style>@import 'https://evil.example/x.css';</style>")]
    [InlineData("<style>@imp<![CDATA[ort 'https://evil.example/x.css';]]></style>")]
    [InlineData("<style>rect{fill:u\\72l(https://evil.example)}</style>")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'><img src='evil'/></html>")]
    [InlineData("<metadata><x xmlns='urn:evil'>evil</x></metadata>")]
    [InlineData("<!-- evil --><?evil evil?>")]
    public async Task Keeps_of_an_svg_what_draws_and_nothing_else(string hostile)
    {
        var added = await Send("<?xml version='1.0'?><?xml-stylesheet href='https://evil.example/x.css'?><!DOCTYPE svg PUBLIC 'evil' 'https://evil.example/x.dtd'>"
            + $"<svg xmlns='http://www.w3.org/2000/svg' onload='evil()'><path d='M0 0h8v8z'/>{hostile}<circle r='3'/></svg>");
        Assert.True(added.Status == 201, added.ToString());
        var shown = (await shop.Anybody.Get(added.Json.GetProperty("url").GetString()!)).Body;
        foreach (var word in (string[])["evil", "script", "<!", "<?"]) Assert.DoesNotContain(word, shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("""<path d="M0 0h8v8z" />""", shown, StringComparison.Ordinal);
        Assert.Contains("""<circle r="3" />""", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_loses_where_it_leads_and_keeps_what_it_shows() => Assert.Equal(
        """<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0" /></g></svg>""",
        Cleaned("<svg xmlns='http://www.w3.org/2000/svg'><a href='#x' target='_top'><path d='M0 0'/></a></svg>"));

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>")]
    [InlineData("<svg/>")]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    public async Task Refuses_what_is_no_svg(string svg) => Assert.Equal((422, "validation"), Both(await Send(svg)));

    [Fact]
    public async Task Refuses_an_svg_that_nests_without_end() => Assert.Equal((422, "validation"),
        Both(await Send("<svg xmlns='http://www.w3.org/2000/svg'>" + string.Concat(Enumerable.Repeat("<g>", 60_000)) + string.Concat(Enumerable.Repeat("</g>", 60_000)) + "</svg>")));

    /// <summary>A few lines that would be drawn a billion times, by parts that use one another; and some that never end.</summary>
    [Theory]
    [InlineData("<g id='a'><path/></g>", 10, 9)]
    [InlineData("<g id='a'><use href='#a'/></g>", 0, 0)]
    [InlineData("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>", 0, 0)]
    [InlineData("<g id='a'/>", 1, 2000)]
    public async Task Refuses_an_svg_that_unfolds_without_end(string first, int uses, int times)
    {
        var parts = Enumerable.Range(1, times).Select(i => $"<g id='a{i}'>{string.Concat(Enumerable.Repeat($"<use xlink:href='#a{(i == 1 ? "" : i - 1)}'/>", uses))}</g>");
        var refused = await Send($"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{first}{string.Concat(parts)}</svg>");
        Assert.Equal((422, "validation"), Both(refused));
        Assert.Contains("more than", refused.Json.GetProperty("errors").GetProperty("body")[0].GetString(), StringComparison.Ordinal);
    }

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
        Jpeg(1, 1).CopyTo(content, 0);
        Assert.Equal(201, (await Send(content)).Status);
        Assert.Equal((413, "too_large"), Both(await Send([.. content, 0])));
    }

    [Theory]
    [InlineData("/pictures/nothing.svg")]
    [InlineData("/pictures/nothing")]
    [InlineData("/pictures/..%2f..%2fetc%2fpasswd.svg")]
    public async Task A_picture_that_is_not_there_is_404(string path) => Assert.Equal((404, "not_found"), Both(await shop.Anybody.Get(path)));

    [Fact]
    public void Every_picture_of_the_demo_catalogue_stays_as_it_was_drawn()
    {
        var folder = Path.Combine(Repository.Root, "catalogue", "pictures");
        Assert.All(Directory.GetFiles(folder, "*.svg"), file =>
        {
            var kept = Cleaned(File.ReadAllText(file));
            Assert.True(XNode.DeepEquals(XElement.Parse(Regex.Replace(File.ReadAllText(file), "<g([^<>]*)></g>", "<g$1/>")), XElement.Parse(kept)), file);
            Assert.Equal(kept, Cleaned(kept));
        });
    }

    private static string Cleaned(string svg) => Encoding.UTF8.GetString(SafeSvg.Clean(Encoding.UTF8.GetBytes(svg)).Picture!);

    private static byte[] Png(uint width, uint height)
    {
        var png = Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000010000000108000000003A7E9B550000000A49444154789C636000000002000148AFA4710000000049454E44AE426082");
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    /// <summary>Up to where its scan begins: what comes behind does not change its size.</summary>
    private static byte[] Jpeg(ushort width, ushort height)
    {
        var jpeg = Convert.FromHexString("FFD8" + "FFE000104A46494600010100000100010000" + "FFFF" + "C0000B080000000001011100" + "FFDA0008010100003F0000" + "FFD9");
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(26), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(28), width);
        return jpeg;
    }

    /// <summary>An extended one: its canvas is said apart.</summary>
    private static byte[] WebPOf(int width, int height)
    {
        var webp = Convert.FromHexString("5249464616000000574542505650385800000000" + "0000000000000000000000");
        (webp[24], webp[25], webp[26]) = ((byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16));
        (webp[27], webp[28], webp[29]) = ((byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16));
        return webp;
    }

    private static (int, string?) Both(Reply reply) => (reply.Status, reply.Code);
}
