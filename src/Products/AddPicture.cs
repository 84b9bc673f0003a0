using System.Security.Cryptography;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff add a picture: checked by what it is, never by what it is called. It is named by its content: sent again it
/// is the same picture.</summary>
public static class AddPicture
{
    public const long MostBytes = 1 << 20;

    public sealed record Added(string Url);

    public static async Task<IResult> Handle(HttpRequest request, Buyer staff, Database database, CancellationToken stop)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        var sent = body.ToArray();
        if (PictureType.Of(sent) is not { } type) return Problem.Of(415, "unsupported_media_type", "Send an SVG, PNG, JPEG or WebP picture.");
        var (content, fault) = type == PictureType.Svg ? SafeSvg.Clean(sent) : (sent, PictureSize.Fault(type, sent));
        if (content is null || fault is not null) return Problem.Validation(new Dictionary<string, string[]> { ["body"] = [fault!] });

        var name = $"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}.{type.Extension}";
        await database.Write(tx => tx.Execute("""
            INSERT INTO pictures (name, content, added_by, added_at) VALUES (@name, @content, @Id, @Now) ON CONFLICT DO NOTHING
            """, new { name, content, staff.Id, tx.Now }), stop);
        return Results.Created($"/pictures/{name}", new Added($"/pictures/{name}"));
    }
}
