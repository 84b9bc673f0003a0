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
        var (red, blue) = ("", "");
        for (var i = 0; i < 6; i++)
        {
            var (left, right) = (140 + i * 41.3, 412 + i * 41.3);
            var (down, up) = (Path($"M{left} 160h41l-20 200zM{right} 160h41l-20 200z"), Path($"M{left} 640h41l-20-200zM{right} 640h41l-20-200z"));
            (red, blue) = i % 2 == 0 ? (red + down, blue + up) : (red + up, blue + down);
        }

        p.Flat(red, Terracotta).Flat(blue, Deep).Flat(Box(388, 130, 24, 540), Walnut.Darker(0.2)).Flat(Box(390, 220, 20, 50) + Box(390, 530, 20, 50), Brass);
        Pieces(p, "M161 184v90M639 616v-90", Chalk, Stone);
        return Pieces(p, "M326 616v-45M473 184v45M557 616v1", Ink, Iron.Lighter(0.2));
    }

    private static Picture Pieces(Picture p, string rows, Colour colour, Colour ring)
    {
        p.At(4, 6, () => p.Dots(rows, Ink, 42, 42, 0.3));
        return p.Dots(rows, colour, 42, 42).Dots(rows, ring, 24, 42).Dots(rows, colour, 16, 42);
    }

    private static Picture SpinningTop(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("spinning-top-" + name, ground);
        return p.Turn(10, 380, 640, () =>
        {
            p.Turned(new Profile(380, (170, 24), (176, 30), (196, 28), (220, 18), (330, 20)), Oak);
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
        var p = Picture.Standing("colonnade-blocks", Ground.Travertine, 1.06);
        p.Block(130, 596, 500, 44, Oak, 6, 30);
        foreach (var (x, colour) in new[] { (164, Terracotta), (286, Chalk), (410, Sea), (532, Chalk) })
            p.Block(x, 404, 66, 192, colour, 6, 22);
        p.Block(140, 350, 480, 54, Oak.Lighter(0.15), 6, 30);
        p.Solid("M150 350L380 222L610 350z", Lemon, shade: 34).Flat(Disc(380, 304, 26), Lemon.Darker(0.2));
        return p.Ball(680, 606, 34, Olive);
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
        p.Turn(-16, 260, 340, () => Tile(p, 170, 140, 5, 3));
        p.Turn(20, 540, 330, () => Tile(p, 456, 120, 2, 4));
        return p.Turn(82, 400, 600, () => Tile(p, 310, 430, 1, 6));
    }

    private static void Tile(Picture p, double x, double y, int upper, int lower)
    {
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
        var p = Picture.Standing("garden-bowls", Ground.Sage, 1.1);
        Bowl(p, 470, 510, 130, Deep);
        Bowl(p, 246, 516, 130, Terracotta);
        Bowl(p, 384, 548, 116, Lemon);
        return p.Ball(590, 612, 46, OliveWood);
    }

    private static void Bowl(Picture p, double x, double y, double radius, Colour paint) => p.At(x, y, () =>
        p.Ball(0, 0, radius, paint, () => p.Turn(-24, 0, 0, () => p.Line(Path($"M{-radius + 8} -26Q0 26 {radius - 8} -26M{-radius + 6} 6Q0 58 {radius - 6} 6"), Chalk, 11)))
            .Glint(Path($"M{-radius * 0.68} {-radius * 0.1}A{radius * 0.7} {radius * 0.7} 0 0 1 {-radius * 0.1} {-radius * 0.7}"), 10, 60, 14));

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
        {
            p.At(x, y, () => p.Ball(0, 0, radius, colour.Lighter(0.45), () => p.Turn(-30, 0, 0, () =>
                p.Flat(Path($"M{-radius} 0Q{-radius * 0.3} {-radius * 0.9} 0 0T{radius} 0Q{radius * 0.2} {radius * 0.7} {-radius * 0.1} {radius * 0.25}T{-radius} 0z"), colour)))
                .Flat(Oval(-radius * 0.42, -radius * 0.46, radius * 0.2, radius * 0.14), Chalk, 0.9));
        }

        return p;
    }
}
