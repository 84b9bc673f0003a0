using System.Security.Cryptography;
using Stoa.Kernel;

namespace Stoa.Products;

/// <summary>Staff add a picture. It is named by its content: sent again it is the same picture.</summary>
public static class AddPicture
{
    public const long MostBytes = 1 << 20;

    public sealed record Added(string Url);

    public static async Task<IResult> Handle(HttpRequest request, Buyer staff, Database database, CancellationToken stop)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        var content = body.ToArray();
        if (PictureType.Of(content) is not { } type) return Problem.Of(415, "unsupported_media_type", "Send an SVG, PNG, JPEG or WebP picture.");
        if (type == PictureType.Svg && SafeSvg.Fault(content) is { } fault) return Problem.Validation(new Dictionary<string, string[]> { ["body"] = [fault] });

        var name = $"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}.{type.Extension}";
        await database.Write(tx => tx.Execute("""
            INSERT INTO pictures (name, content, added_by, added_at) VALUES (@name, @content, @Id, @Now) ON CONFLICT DO NOTHING
            """, new { name, content, staff.Id, tx.Now }), stop);
        return Results.Created($"/pictures/{name}", new Added($"/pictures/{name}"));
    }
}
