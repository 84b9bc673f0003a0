using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Light
{
    public static IEnumerable<Picture> Draw() =>
    [
        Tapers(),
        Candlestick(),
        Lantern("cream", Chalk), Lantern("terracotta", Terracotta), Lantern("olive", Olive),
        PaperMoon(),
        TableLamp("terracotta", Terracotta), TableLamp("chalk", Chalk), TableLamp("sea", Sea),
        OilLamp(),
        FigCandle(),
        ReadingLamp("lemon", Lemon), ReadingLamp("chalk", Chalk), ReadingLamp("sage", Sage),
        Festoon(),
    ];

    private static Picture Tapers()
    {
        var p = Picture.Lying("beeswax-tapers", Ground.Dusk);
        return p.Turn(20, 400, 400, () =>
        {
            foreach (var (x, y) in new[] { (288, 30), (362, -10), (436, 14), (510, -20) })
            {
                p.At(x, y, () =>
                {
                    p.Rod("M0 180Q-8 150 6 124", Linen, 7);
                    p.Cast("M-14 184Q0 168 14 184L34 690Q0 704-34 690z").Flat("M-14 184Q0 168 14 184L34 690Q0 704-34 690z", Honey);
                    p.Shade("M4 176Q10 178 14 184L34 690Q24 696 12 697z").Glint("M-6 210L-20 660", 0, 60, 9, 0.4);
                });
            }

            p.Line("M258 446Q400 470 546 446M256 470Q400 494 548 470M256 494Q400 518 548 494", Linen, 13);
            p.Rod("M400 478C330 420 300 440 310 470S360 500 400 478C470 420 500 440 490 470S440 500 400 478M400 480Q360 540 350 580M400 480Q430 540 452 574", Linen.Lighter(0.3), 11);
        });
    }

    private static Picture Candlestick()
    {
        var p = Picture.Standing("brass-candlestick", Ground.Dusk).Glow(380, 150, 230);
        p.Line("M380 190V164", Ink, 7).Flame(380, 178, 92);
        p.Turned(new Profile(380, (190, 26), (190, 26), (400, 30)), Chalk);
        return p.Turned(new Profile(380, (376, 40), (376, 40), (392, 44), (410, 24), (436, 22), (456, 44), (478, 22), (530, 18), (574, 26), (600, 80), (616, 118), (616, 118), (640, 124)), Brass);
    }

    private static Picture Lantern(string name, Colour paint)
    {
        var p = Picture.Standing("storm-lantern-" + name, Ground.Dusk).Glow(380, 400, 300);
        p.Rod("M250 300C250 120 510 120 510 300", Zinc, 12);
        p.Rod("M262 560V300Q262 270 320 262M498 560V300Q498 270 440 262", paint, 22);
        p.Turned(new Profile(380, (190, 34), (224, 58), (224, 58), (224, 84), (224, 84), (262, 94), (262, 94), (292, 78)), paint);
        var globe = new Profile(380, (290, 74), (390, 116), (500, 74));
        p.Flat(globe.Silhouette, Flame, 0.45).Flat(globe.Silhouette, Chalk, 0.25).Flame(380, 470, 110).Flat(globe.Shade(0.6), Ink, 0.1).Glint(globe.Gloss(-0.7), 20, 44, 13, 0.8);
        p.Line("M276 400Q380 430 484 400", Zinc, 7);
        return p.Turned(new Profile(380, (496, 70), (530, 92), (530, 92), (556, 140), (640, 146)), paint, gloss: true);
    }

    private static Picture PaperMoon()
    {
        var p = Picture.Hanging("paper-moon", Ground.Dusk).Glow(400, 440, 380);
        p.Line("M400 0V200", Ink, 8).Flat(Box(368, 186, 64, 34, 6), Ink);
        p.Part(Disc(400, 440, 236), Flame.Lighter(0.6), () =>
        {
            foreach (var part in new[] { 0.94, 0.77, 0.5, 0.17 })
                p.Line(Path($"M{400 - 236 * Math.Sqrt(1 - part * part)} {440 - 236 * part}q{236 * Math.Sqrt(1 - part * part)} 26 {472 * Math.Sqrt(1 - part * part)} 0M{400 - 236 * Math.Sqrt(1 - part * part)} {440 + 236 * part}q{236 * Math.Sqrt(1 - part * part)} 26 {472 * Math.Sqrt(1 - part * part)} 0"), Honey, 6, 0.8);
            p.Flat(Disc(390, 430, 120), Chalk, 0.5);
        });
        return p;
    }

    private static Picture TableLamp(string name, Colour glaze)
    {
        var p = Picture.Standing("ceramic-lamp-" + name, Ground.Dusk).Glow(380, 280, 320);
        p.Turned(new Profile(380, (404, 24), (404, 24), (424, 26), (440, 60), (490, 122), (550, 130), (600, 104), (626, 76), (640, 80)), glaze, gloss: true);
        p.Flat(Box(368, 360, 24, 44), Brass);
        var shade = new Profile(380, (150, 118), (150, 118), (368, 200));
        p.Turned(shade, Flame.Lighter(0.65), mouth: Chalk);
        return p.Line(shade.Ring(366), Honey, 8).Line("M440 390V424", Brass, 5).Flat(Disc(440, 430, 9), Brass);
    }

    private static Picture OilLamp()
    {
        var p = Picture.Standing("clay-oil-lamp", Ground.Dusk, 1.08).Glow(610, 420, 230);
        return p.At(-20, 0, () =>
        {
            p.Rod("M190 500C100 470 100 590 200 576", Clay.Darker(0.1), 30);
            p.Line("M630 486V464", Ink, 8).Flame(630, 476, 110);
            p.Solid("M160 540C160 470 270 446 370 446C460 446 540 500 600 490Q640 474 668 490Q672 560 560 590C520 610 500 640 440 640H290C210 640 160 600 160 540z", Clay, () =>
                p.Line("M150 560Q300 610 470 590T700 520", Terracotta, 10), 30);
            p.Flat(Oval(346, 468, 92, 15), Clay.Darker(0.35)).Flat(Oval(636, 486, 28, 9), Clay.Darker(0.5)).Glint("M190 530Q210 480 300 474", 5, 40);
        });
    }

    private static Picture FigCandle()
    {
        var p = Picture.Standing("fig-candle", Ground.Dusk).Glow(330, 300, 260);
        var cup = new Profile(330, (380, 138), (380, 138), (480, 134), (600, 122), (640, 116));
        p.Turned(cup, Chalk, mouth: Stone, gloss: true,
            contents: () => p.Flat(Oval(330, 386, 122, 17), Chalk.Lighter(0.3)).Line("M330 386V362", Ink, 7).Flame(330, 374, 100),
            bands: () => p.Line(cup.Ring(430), Wine, 9).Line(cup.Ring(596), Wine, 9));
        p.Solid("M560 440Q546 470 556 492C620 520 640 570 620 610Q590 646 540 640C486 634 462 600 478 556C488 526 528 510 534 484Q532 460 546 438z", Wine, shade: 26);
        return p.Line("M548 500Q516 560 530 630M560 504Q586 560 570 634", Wine.Lighter(0.3), 6, 0.6).Flat(Leaf(552, 448, 90, -28), Moss);
    }

    private static Picture ReadingLamp(string name, Colour paint)
    {
        var p = Picture.Standing("reading-lamp-" + name, Ground.Dusk);
        p.Flat("M470 330L350 640Q560 730 840 700V440L596 236z", Flame, 0.16);
        p.Turned(new Profile(260, (604, 70), (604, 70), (622, 110), (640, 118)), paint, gloss: false);
        p.Rod("M260 606L190 400L400 214", paint.Darker(0.1), 18).Flat(Disc(190, 400, 22), Brass).Flat(Disc(260, 600, 16), Brass);
        p.Turn(-38, 420, 220, () =>
        {
            p.Solid("M384 150Q386 134 420 134T456 150L462 196C520 214 556 270 560 330H280C284 270 320 214 378 196z", paint, shade: 40);
            p.Flat(Oval(420, 330, 140, 24), Flame.Lighter(0.5)).Line("M280 330A140 24 0 0 0 560 330", paint.Lighter(0.4), 6);
        });
        return p.Flat(Disc(408, 212, 14), Brass);
    }

    private static Picture Festoon()
    {
        var p = Picture.Hanging("festoon-lights", Ground.Dusk);
        p.Glow(130, 400, 120).Glow(312, 510, 120).Glow(500, 510, 120).Glow(680, 390, 120);
        p.Rod("M-40 170Q390 560 840 160", Ink, 10);
        foreach (var (x, y) in new[] { (130, 298), (312, 376), (500, 374), (680, 280) })
        {
            p.Line(Path($"M{x} {y}v24"), Ink, 9).Block(x - 26, y + 20, 52, 52, Ink);
            p.Flat(Path($"M{x - 24} {y + 72}C{x - 30} {y + 96} {x - 58} {y + 110} {x - 58} {y + 146}A58 58 0 0 0 {x + 58} {y + 146}C{x + 58} {y + 110} {x + 30} {y + 96} {x + 24} {y + 72}z"), Flame.Lighter(0.35));
            p.Line(Path($"M{x - 16} {y + 84}L{x - 10} {y + 140}L{x} {y + 120}L{x + 10} {y + 140}L{x + 16} {y + 84}"), Ochre, 6);
        }

        return p;
    }
}
