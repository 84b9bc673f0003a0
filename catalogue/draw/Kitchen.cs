using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Kitchen
{
    public static IEnumerable<Picture> Draw() =>
    [
        Board(),
        Casserole(),
        MilkPan("cream", Chalk, Ground.Rose), MilkPan("aegean", Sea, Ground.Travertine), MilkPan("olive", Olive, Ground.Sea),
        Mortar(),
        CoffeePot(),
        Spoons(),
        PepperMill("oak", Oak, Ground.Sea), PepperMill("walnut", Walnut, Ground.Sage),
        PreservingJar(),
        Colander("chalk", Chalk, Ground.Sea), Colander("terracotta", Terracotta, Ground.Marble),
    ];

    private static Picture Board()
    {
        var p = Picture.Lying("olive-wood-board", Ground.Sea, 1.06);
        return p.Turn(24, 400, 400, () => p
            .Solid("M370 110Q400 84 430 110L438 200Q444 228 480 234Q556 244 560 320V620Q560 690 490 690H310Q240 690 240 620V320Q244 244 320 234Q356 228 362 200z", OliveWood, () =>
            {
                p.Line("M300 220Q270 440 310 700M352 230Q330 420 352 700", OliveWood.Darker(0.2), 7);
                p.Line("M520 230Q470 330 500 440Q530 560 490 700M560 420Q530 520 550 640", OliveWood.Darker(0.2), 7);
                p.Line("M440 330C400 380 392 440 420 480C452 440 462 384 440 330zM418 260Q380 340 376 430T412 700M462 260Q500 400 454 500T440 700", OliveWood.Darker(0.28), 7);
            }, 16)
            .Flat(Disc(400, 146, 14), Ground.Sea.Slab.Darker(0.25)));
    }

    private static Picture Casserole()
    {
        var p = Picture.Standing("clay-casserole", Ground.Sage, 1.08);
        p.Rod("M180 480q-60-14-46 22t60 26M580 480q60-14 46 22t-60 26", Terracotta.Darker(0.12), 30);
        var pot = new Profile(380, (450, 208), (450, 208), (520, 214), (600, 190), (640, 172));
        p.Turned(pot, Terracotta, bands: () => p.Flat(pot.Band(450, 476), Terracotta.Darker(0.25)));
        var lid = new Profile(380, (300, 22), (318, 60), (360, 140), (414, 200), (444, 222), (444, 222), (456, 220));
        p.Turned(lid, Terracotta.Lighter(0.12), gloss: true);
        return p.Turned(new Profile(380, (258, 30), (272, 42), (292, 30), (306, 22)), Terracotta.Darker(0.1));
    }

    private static Picture MilkPan(string name, Colour colour, Ground ground)
    {
        var p = Picture.Standing("enamel-milk-pan-" + name, ground, 1.14);
        p.Rod("M470 452L690 408", colour.Darker(0.16), 30).Line("M640 418L694 407", Oak, 34);
        var pan = new Profile(330, (424, 168), (424, 168), (470, 158), (570, 168), (640, 160));
        p.Turned(pan, colour, mouth: Chalk.Darker(0.14), gloss: true);
        return p.Line(pan.Mouth, Deep, 11);
    }

    private static Picture Mortar()
    {
        var p = Picture.Standing("marble-mortar", Ground.Rose, 1.12);
        var bowl = new Profile(370, (400, 178), (400, 178), (450, 182), (530, 150), (580, 104), (600, 96), (610, 112), (640, 122));
        p.Turned(bowl, Chalk, mouth: Stone, contents: () => p.Turn(-34, 400, 430, () =>
            p.Solid("M376 190Q374 160 400 160T424 190L438 400Q440 440 400 440T362 400z", Chalk.Darker(0.04), shade: 18)),
            bands: () => p.Line("M240 480Q300 500 320 548M300 436Q380 470 400 540T470 570M500 440Q480 480 500 520", Stone, 6));
        return p;
    }

    private static Picture CoffeePot()
    {
        var p = Picture.Standing("stovetop-coffee-pot", Ground.Travertine, 1.06);
        p.Rod("M470 300Q580 286 574 340L556 448", Iron, 30);
        p.Solid("M262 258L226 250L300 470L250 640H490L446 452L482 258z", Zinc.Lighter(0.15), () =>
        {
            p.Flat("M300 470L316 640H250zM262 258L310 452H300L226 250z", Zinc.Lighter(0.45));
            p.Flat("M412 452L432 640H490L446 452zM446 258H500L446 452H412z", Zinc.Darker(0.12));
        }, 14);
        p.Flat("M296 446H450V474H296z", Zinc.Darker(0.3));
        p.Solid("M256 260L340 212H408L488 260z", Zinc, shade: 30);
        return p.Solid("M352 212Q346 176 374 172T398 212z", Iron, shade: 10);
    }

    private static Picture Spoons()
    {
        var p = Picture.Lying("three-spoons", Ground.Sage, 0.95);
        p.Turn(-22, 400, 900, () => p.Solid(Spoon(400, 60), Walnut, shade: 12).Flat(Oval(400, 236, 46, 66), Walnut.Darker(0.2)));
        p.Turn(22, 400, 900, () => p.Solid(Spoon(400, 60), Oak, shade: 12).Flat("M368 200V150Q400 120 432 150V200z", Oak.Darker(0.14)));
        return p.Solid(Spoon(400, 0), OliveWood, shade: 12).Flat(Oval(400, 176, 46, 66), OliveWood.Darker(0.2));
    }

    private static string Spoon(double x, double down) =>
        Path($"M{x} {84 + down}C{x + 50} {84 + down} {x + 70} {140 + down} {x + 66} {190 + down}C{x + 62} {240 + down} {x + 22} {264 + down} {x + 18} {310 + down}L{x + 24} {690 + down}Q{x} {716 + down} {x - 24} {690 + down}L{x - 18} {310 + down}C{x - 22} {264 + down} {x - 62} {240 + down} {x - 66} {190 + down}C{x - 70} {140 + down} {x - 50} {84 + down} {x} {84 + down}z");

    private static Picture PepperMill(string name, Colour wood, Ground ground)
    {
        var p = Picture.Standing("pepper-mill-" + name, ground, 1.08);
        p.Turned(new Profile(370, (318, 64), (318, 64), (350, 70), (400, 48), (450, 44), (520, 60), (590, 82), (616, 92), (616, 92), (640, 92)), wood, gloss: true);
        p.Flat(Box(306, 306, 128, 16, 4), Brass);
        p.Turned(new Profile(370, (170, 28), (190, 58), (230, 72), (274, 60), (306, 52)), wood.Lighter(0.06), gloss: true);
        return p.Solid("M356 172V150Q370 132 384 150V172z", Brass, shade: 8);
    }

    private static Picture PreservingJar()
    {
        var p = Picture.Standing("preserving-jar", Ground.Marble);
        var jar = new Profile(380, (296, 120), (320, 128), (352, 152), (390, 158), (600, 157), (640, 148));
        p.Cast(jar.Silhouette).Flat(jar.Silhouette, Sky, 0.35);
        p.Dots("M288 608H474M260 508H502M290 408H474", Olive, 60, 60).Dots("M260 558H502M288 458H474", Moss.Lighter(0.08), 60, 60);
        p.Dots("M278 598H464M250 498H492M280 398H464M250 548H492M278 448H464", Sage, 11, 60);
        p.Flat(jar.Silhouette, Sky, 0.18).Flat(jar.Shade(0.6), Ink, 0.14).Glint(jar.Gloss(-0.82), 22, 46, 15, 0.75);
        p.Turned(new Profile(380, (280, 128), (296, 130)), Clay);
        p.Turned(new Profile(380, (232, 96), (250, 118), (278, 124)), Sky.Lighter(0.5));
        return p.Line("M246 300L232 330L250 372M514 300L528 330L510 372M266 286V240Q380 200 494 240V286", Iron.Lighter(0.2), 8);
    }

    private static Picture Colander(string name, Colour colour, Ground ground)
    {
        var p = Picture.Standing("enamel-colander-" + name, ground, 1.12);
        p.Rod("M176 416h-44q-22 0-22 24t26 24h54M584 416h44q22 0 22 24t-26 24h-54", colour.Darker(0.14), 18);
        var bowl = new Profile(380, (400, 210), (400, 210), (450, 200), (530, 160), (590, 104), (600, 90), (640, 104));
        p.Turned(bowl, colour, mouth: colour.Darker(0.16), bands: () =>
        {
            foreach (var (row, count) in new[] { ("M216 462Q380 496 544 462", 8), ("M252 510Q380 538 508 510", 6), ("M294 556Q380 576 466 556", 5) })
                p.Row(row, colour.Darker(0.5), 18, count);
        });
        return p.Line(bowl.Mouth, colour == Chalk ? Sea : Chalk, 10);
    }
}
