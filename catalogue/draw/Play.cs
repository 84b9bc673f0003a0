using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Play
{
    public static IEnumerable<Picture> Draw() =>
    [
        Tavli(),
        SpinningTop("terracotta", Terracotta, Ground.Sea), SpinningTop("lemon", Lemon, Ground.Rose), SpinningTop("sea", Sea, Ground.Travertine),
        SailingBoat("terracotta", Terracotta, Ground.Sea), SailingBoat("lemon", Lemon, Ground.Sage), SailingBoat("deep", Deep, Ground.Travertine),
        Colonnade(),
        Kite("terracotta", Terracotta, Lemon), Kite("deep", Deep, Rose),
        Dominoes(),
        GardenBowls(),
        Donkey(),
        Marbles(),
    ];

    private static Picture Tavli()
    {
        var p = Picture.Lying("tavli-board", Ground.Sage);
        p.Solid(Box(110, 130, 580, 540, 14), Walnut, shade: 14);
        p.Flat(Box(140, 160, 248, 480) + Box(412, 160, 248, 480), Oak.Lighter(0.25));
        for (var i = 0; i < 12; i++)
        {
            var x = (i < 6 ? 140 : 412) + i % 6 * 41.3;
            p.Flat(Polygon(x, 160, x + 41.3, 160, x + 20.7, 360), i % 2 == 0 ? Terracotta : Deep).Flat(Polygon(x, 640, x + 41.3, 640, x + 20.7, 440), i % 2 == 0 ? Deep : Terracotta);
        }

        p.Flat(Box(388, 130, 24, 540), Walnut.Darker(0.2)).Flat(Box(390, 220, 20, 50, 4) + Box(390, 530, 20, 50, 4), Brass);
        foreach (var (x, y, colour) in new[] { (160, 184, Chalk), (160, 224, Chalk), (160, 264, Chalk), (326, 616, Ink), (326, 576, Ink), (474, 184, Ink), (474, 224, Ink), (640, 616, Chalk), (640, 576, Chalk), (640, 536, Chalk), (556, 616, Ink) })
            p.Flat(Disc(x + 4, y + 6, 21), Ink, 0.3).Flat(Disc(x, y, 21), colour).Line(Disc(x, y, 10), colour == Chalk ? Stone : Iron.Lighter(0.2), 4);
        return p;
    }

    private static Picture SpinningTop(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("spinning-top-" + name, ground);
        return p.Turn(10, 380, 640, () =>
        {
            p.Turned(new Profile(380, (170, 24), (176, 30), (196, 28), (220, 18), (330, 20)), Oak, gloss: true);
            var top = new Profile(380, (320, 34), (340, 110), (380, 190), (424, 214), (470, 190), (530, 110), (590, 44), (626, 14), (640, 6));
            p.Turned(top, Oak.Lighter(0.1), gloss: true, bands: () => p.Flat(top.Band(376, 440), paint).Flat(top.Band(474, 500), paint).Flat(top.Band(440, 452), Chalk));
        });
    }

    private static Picture SailingBoat(string name, Colour sail, Ground ground)
    {
        var p = Picture.Standing("sailing-boat-" + name, ground);
        p.Rod("M372 130V540", OliveWood, 18);
        p.Solid("M392 150Q540 330 566 500H392z", sail, () => p.Line("M380 400H560M380 310H560", sail.Darker(0.22), 6), 26);
        p.Solid("M352 190Q290 380 210 500H352z", Chalk, shade: 16);
        p.Solid("M372 130L450 104L440 132L452 156L372 160z", sail, shade: 8);
        return p.Solid("M140 528H632Q612 640 520 640H250Q170 630 140 528z", Oak, () => p.Flat("M120 520H640V556H120z", OliveWood).Line("M150 592H620", Oak.Darker(0.2), 6), 30);
    }

    private static Picture Colonnade()
    {
        var p = Picture.Standing("colonnade-blocks", Ground.Travertine);
        p.Solid(Box(130, 596, 500, 44, 6), Oak, shade: 30);
        foreach (var (x, colour) in new[] { (164, Terracotta), (286, Chalk), (410, Sea), (532, Chalk) })
            p.Solid(Box(x, 404, 66, 192, 8), colour, shade: 20);
        p.Solid(Box(140, 350, 480, 54, 6), Oak.Lighter(0.15), shade: 30);
        p.Solid("M150 348L380 220L610 348z", Lemon, shade: 34).Flat(Disc(380, 304, 26), Lemon.Darker(0.2));
        return p.Solid(Disc(690, 606, 34), Olive, shade: 14);
    }

    private static Picture Kite(string name, Colour silk, Colour other)
    {
        var p = Picture.Hanging("paper-kite-" + name, Ground.Sea);
        p.Rod("M318 500C300 590 420 600 400 680S470 760 520 740", Linen.Darker(0.3), 8);
        p.Turn(16, 400, 330, () =>
        {
            p.Solid("M400 80L580 290L400 560L220 290z", silk, () => p.Flat("M400 80L580 290H400zM400 290V600L200 290z", other).Line("M400 80V560M220 290H580", OliveWood, 9), 22);
        });
        foreach (var (x, y, degrees) in new[] { (330, 560, 20), (404, 640, -20), (440, 722, 30) })
            p.Turn(degrees, x, y, () => p.Solid(Path($"M{x} {y}L{x - 48} {y - 26}V{y + 26}zM{x} {y}L{x + 48} {y - 26}V{y + 26}z"), silk, shade: 6));
        return p;
    }

    private static Picture Dominoes()
    {
        var p = Picture.Lying("dominoes", Ground.Rose);
        p.Turn(-16, 260, 340, () => Tile(p, 170, 140, "M216 206M280 276", 5, 3));
        p.Turn(20, 540, 330, () => Tile(p, 456, 120, "", 2, 4));
        return p.Turn(82, 400, 600, () => Tile(p, 310, 430, "", 1, 6));
    }

    private static void Tile(Picture p, double x, double y, string unused, int upper, int lower)
    {
        _ = unused;
        p.Solid(Box(x, y, 176, 352, 22), Chalk, shade: 16).Line(Path($"M{x + 24} {y + 176}h128"), OliveWood, 9);
        p.Flat(Pips(x + 88, y + 88, upper) + Pips(x + 88, y + 264, lower), Ink);
    }

    private static string Pips(double x, double y, int count)
    {
        const int Gap = 44;
        var pips = count % 2 == 1 ? Disc(x, y, 16) : "";
        if (count > 1) pips += Disc(x - Gap, y - Gap, 16) + Disc(x + Gap, y + Gap, 16);
        if (count > 3) pips += Disc(x + Gap, y - Gap, 16) + Disc(x - Gap, y + Gap, 16);
        if (count == 6) pips += Disc(x - Gap, y, 16) + Disc(x + Gap, y, 16);
        return pips;
    }

    private static Picture GardenBowls()
    {
        var p = Picture.Standing("garden-bowls", Ground.Sage);
        Ball(p, 470, 480, 130, Deep, Chalk);
        Ball(p, 246, 520, 130, Terracotta, Chalk);
        Ball(p, 400, 560, 116, Lemon, Chalk);
        return p.Solid(Disc(590, 612, 46), OliveWood, shade: 18);
    }

    private static void Ball(Picture p, double x, double y, double radius, Colour paint, Colour stripe) =>
        p.Solid(Disc(x, y, radius), paint, () => p.Turn(-24, x, y, () => p.Line(Path($"M{x - radius * 1.2} {y - 26}q{radius * 1.2} 50 {radius * 2.4} 0M{x - radius * 1.2} {y + 4}q{radius * 1.2} 50 {radius * 2.4} 0"), stripe, 11)), radius * 0.34)
            .Glint(Path($"M{x - radius * 0.7} {y - radius * 0.1}A{radius * 0.7} {radius * 0.7} 0 0 1 {x - radius * 0.1} {y - radius * 0.7}"), 10, 60, 14);

    private static Picture Donkey()
    {
        var p = Picture.Standing("wooden-donkey", Ground.Rose);
        p.Rod("M150 600C100 610 60 560 40 600", Linen.Darker(0.3), 9);
        p.Solid(Box(150, 572, 440, 32, 10), Oak, shade: 20);
        p.Rod("M566 330Q620 380 600 450", Zinc.Darker(0.35), 14);
        p.Solid("M230 300L196 170Q190 130 214 150L270 240L290 150Q300 120 314 150L318 260L350 340H540Q576 340 576 380V580H510V470H360V580H294V400L254 380L190 420Q150 430 140 400Q134 380 160 356z", Zinc.Darker(0.12), shade: 20);
        p.Flat("M140 400Q134 380 160 356L190 420Q150 430 140 400z", Chalk).Flat(Disc(244, 300, 12), Ink);
        p.Part("M392 334H500V440Q446 456 392 440z", Terracotta, () => p.Line("M380 370H510M380 410H510", Lemon, 10), 12).Line("M318 262L350 338", Ink, 18);
        foreach (var x in new[] { 220, 520 }) p.Solid(Disc(x, 604, 44), Sea, shade: 14).Flat(Disc(x, 604, 13), Lemon);
        return p;
    }

    private static Picture Marbles()
    {
        var p = Picture.Lying("glass-marbles", Ground.Slate);
        foreach (var (x, y, radius, colour) in new[] { (290, 270, 120, Sea), (530, 230, 92, Lemon), (520, 460, 128, Terracotta), (270, 520, 100, Olive), (420, 640, 74, Sky), (150, 380, 56, Wine), (660, 610, 60, Deep) })
            p.Solid(Disc(x, y, radius), colour.Lighter(0.45), () =>
                p.Turn(-30, x, y, () => p.Flat(Path($"M{x - radius} {y}Q{x - radius * 0.3} {y - radius * 0.9} {x} {y}T{x + radius} {y}Q{x + radius * 0.2} {y + radius * 0.7} {x - radius * 0.1} {y + radius * 0.25}T{x - radius} {y}z"), colour)), radius * 0.25)
                .Flat(Oval(x - radius * 0.42, y - radius * 0.46, radius * 0.2, radius * 0.14), Chalk, 0.9);
        return p;
    }
}
