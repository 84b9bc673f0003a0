using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Garden
{
    public static IEnumerable<Picture> Draw() =>
    [
        HerbPot(),
        WateringCan("zinc", Zinc, Ground.Rose), WateringCan("olive", Olive, Ground.Travertine), WateringCan("terracotta", Terracotta, Ground.Sage),
        TrowelAndFork(),
        Shears(),
        NestingBox(),
        Twine(),
        OliveTree(),
        HarvestBasket(),
        Chair("sage", Sage, Ground.Rose), Chair("lemon", Lemon, Ground.Slate), Chair("sea", Sea, Ground.Travertine),
    ];

    private static Picture HerbPot()
    {
        var p = Picture.Standing("terracotta-pot", Ground.Sea, 1.08);
        p.Cast(Oval(380, 300, 170, 130));
        foreach (var degrees in new[] { -150, -30, -122, -58, -90 })
            p.Line(Ray(380, 430, 190, degrees), Moss.Darker(), 9).Flat(Bush(380, 430, degrees), degrees == -90 ? Olive.Lighter(0.1) : degrees is -122 or -58 ? Olive : Moss);
        p.Turned(new Profile(380, (440, 138), (640, 98)), Terracotta);
        var rim = new Profile(380, (410, 160), (462, 154));
        return p.Flat(Leaf(320, 410, 120, -168, 0.3) + Leaf(440, 410, 120, -12, 0.3) + Leaf(360, 412, 110, -112, 0.3) + Leaf(404, 412, 110, -66, 0.3), Moss)
            .Turned(rim, Terracotta.Lighter(0.1), mouth: Walnut.Darker(0.3), contents: () =>
                p.Flat(Leaf(330, 420, 110, -160, 0.3) + Leaf(430, 420, 110, -22, 0.3) + Leaf(380, 424, 120, -90, 0.3), Moss));
    }

    private static string Bush(double x, double y, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        string Pair(double at, double size) => Leaf(x + at * cos, y + at * sin, size, degrees - 58, 0.32) + Leaf(x + at * cos, y + at * sin, size, degrees + 58, 0.32);
        return Pair(90, 96) + Pair(140, 84) + Leaf(x + 160 * cos, y + 160 * sin, 96, degrees, 0.32);
    }

    private static Picture WateringCan(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("watering-can-" + name, ground, 1.08);
        p.Rod("M500 408C640 360 650 560 520 580M296 396C300 270 500 270 500 396", paint.Darker(0.14), 24);
        p.Solid("M290 600L138 382L104 396L92 372L168 330L176 356L162 368L300 500z", paint.Darker(0.05), shade: 14);
        p.Solid("M76 388L170 334Q180 332 184 342L186 348L94 402Q84 400 76 388z", Brass, shade: 10);
        var can = new Profile(400, (396, 118), (396, 118), (430, 122), (630, 138), (640, 136));
        return p.Turned(can, paint, mouth: paint.Darker(0.45), gloss: true, bands: () => p.Line(can.Ring(450), paint.Darker(0.25), 8).Line(can.Ring(600), paint.Darker(0.25), 8));
    }

    private static Picture TrowelAndFork()
    {
        var p = Picture.Lying("trowel-and-fork", Ground.Sage);
        p.Turn(-9, 270, 500, () =>
        {
            p.Solid("M226 110Q290 60 354 110V260Q350 340 302 372V440H278V372Q230 340 226 260z", Zinc, shade: 26).Line("M290 110V330", Zinc.Darker(0.2), 7);
            Handle(p, 290);
        });
        return p.Turn(9, 530, 500, () =>
        {
            p.Solid("M446 120L462 90L474 120V250Q478 262 492 262T508 250V110L520 84L532 110V250Q536 262 550 262T566 250V120L578 90L594 120V290Q588 350 532 372V440H508V372Q452 350 446 290z", Zinc, shade: 12);
            Handle(p, 520);
        });
    }

    private static void Handle(Picture p, double x)
    {
        p.Solid(Path($"M{x - 22} 430H{x + 22}Q{x + 40} 540 {x + 30} 660Q{x + 26} 700 {x} 700T{x - 30} 660Q{x - 40} 540 {x - 22} 430z"), Oak, shade: 16);
        p.Flat(Box(x - 26, 424, 52, 34, 6), Brass).Line(Path($"M{x} 690v30q-24 20 0 34q22-14 0-34"), Terracotta, 7);
    }

    private static Picture Shears()
    {
        var p = Picture.Lying("pruning-shears", Ground.Travertine, 1.2);
        return p.Turn(30, 400, 400, () =>
        {
            p.Solid("M420 400C440 350 500 230 452 110C420 130 372 260 372 390z", Zinc.Lighter(0.3), shade: 16);
            p.Solid("M380 400C350 380 318 330 322 250Q334 216 356 246C360 300 392 350 424 392z", Zinc.Darker(0.15), shade: 12);
            p.Solid("M372 380L430 384C470 440 486 560 474 690Q466 724 440 712C432 600 410 480 366 430z", Terracotta, shade: 14);
            p.Solid("M430 376L372 384C326 440 306 560 318 690Q326 724 352 712C362 600 390 480 436 430z", Terracotta, shade: 14);
            p.Solid(Disc(401, 400, 30), Brass, shade: 9).Line("M388 400H414", Brass.Darker(0.4), 7).Rod("M366 520Q398 490 434 520", Zinc, 9);
        });
    }

    private static Picture NestingBox()
    {
        var p = Picture.Hanging("nesting-box", Ground.Sage);
        p.Solid("M250 330L400 200L550 330V640H250z", Oak, () => p.Line("M250 410H550M250 490H550M250 570H550", Oak.Darker(0.2), 6), 40);
        p.Solid("M400 130L616 316L584 356L400 204L216 356L184 316z", Terracotta, shade: 20);
        p.Flat(Disc(400, 400, 58), Walnut).Flat(Disc(404, 405, 50), Walnut.Darker(0.55));
        p.Rod("M400 520L470 540", OliveWood.Darker(0.2), 18);
        return p.At(26, -6, () =>
        {
            p.Solid("M380 466C370 420 440 404 462 440L494 446L470 462C482 520 420 548 372 532L310 560C320 520 350 512 380 466z", Sea, shade: 18)
                .Flat("M404 490C440 480 462 470 468 470C474 520 430 536 400 528z", Clay.Lighter(0.3)).Flat(Disc(444, 440, 6), Ink).Flat("M464 438L500 446L468 456z", Lemon);
        });
    }

    private static Picture Twine()
    {
        var p = Picture.Standing("jute-twine", Ground.Sea);
        p.Rod("M450 620C560 670 580 600 640 630S700 690 760 664", OliveWood, 14);
        return p.Solid(Disc(360, 450, 190), OliveWood.Lighter(0.12), () =>
        {
            p.Line("M160 420Q300 230 500 270M166 452Q310 260 530 300M166 486Q330 290 550 340M170 520Q350 330 566 384M184 550Q360 370 570 430", OliveWood.Darker(0.2), 9);
            p.Flat("M196 560C230 400 400 330 590 420L560 660H260z", OliveWood.Lighter(0.2));
            p.Line("M214 580C250 440 400 370 566 420M238 606C280 480 410 410 570 456M270 630C310 520 430 450 570 492M310 646C350 560 450 490 560 530M360 650C400 590 470 540 540 570", OliveWood.Darker(0.2), 9);
            p.Line("M300 258Q350 330 330 372M336 250Q390 320 376 352", OliveWood.Lighter(0.3), 9);
        }, 46);
    }

    private static Picture OliveTree()
    {
        var p = Picture.Standing("olive-tree", Ground.Marble, 1.04);
        p.Cast(Disc(380, 240, 176)).Rod("M382 530C366 460 400 410 380 320M384 420Q440 380 450 300M378 400Q320 370 310 290", Walnut.Lighter(0.1), 20);
        p.Flat(Disc(380, 232, 110), Moss);
        Crown(p, 78, 92, 16, Moss);
        Crown(p, 44, 88, 12, Olive);
        Crown(p, 0, 84, 7, Sage);
        p.Dots("M300 300L470 320M310 190L450 170M250 240H520", Ink, 26, 84);
        p.Turned(new Profile(380, (520, 104), (640, 80)), Terracotta);
        return p.Turned(new Profile(380, (492, 118), (532, 114)), Terracotta.Lighter(0.1), mouth: Walnut.Darker(0.3), contents: () => p.Line("M381 500V440", Walnut.Lighter(0.1), 20));
    }

    private static void Crown(Picture p, double radius, double leaf, int count, Colour colour)
    {
        var leaves = "";
        for (var i = 0; i < count; i++)
        {
            var degrees = -90 + i * 360.0 / count;
            var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
            leaves += Leaf(380 + radius * cos, 232 + radius * sin, leaf, degrees + (i % 2 == 0 ? 24 : -24), 0.2);
        }

        p.Flat(leaves, colour);
    }

    private static Picture HarvestBasket()
    {
        var p = Picture.Standing("harvest-basket", Ground.Sea, 1.1);
        p.Rod("M180 470C180 200 580 200 580 470", OliveWood, 26);
        p.Solid("M196 470C240 400 300 320 352 340C400 360 330 440 300 490z", Deep.Darker(0.4), shade: 20).Flat("M330 346L366 318L372 352z", Moss);
        p.Ball(510, 430, 62, Terracotta).Flat(Leaf(510, 376, 36, 200) + Leaf(510, 376, 36, -20) + Leaf(510, 376, 30, 90), Moss);
        p.Ball(410, 436, 72, Terracotta.Lighter(0.08)).Flat(Leaf(410, 372, 40, 200) + Leaf(410, 372, 40, -20) + Leaf(410, 372, 34, 90), Moss);
        p.Flat(Leaf(280, 470, 110, -150) + Leaf(300, 480, 120, -100) + Leaf(250, 480, 100, -120), Olive);
        return p.Solid("M150 460H610L560 620Q556 640 530 640H230Q204 640 200 620z", Oak, () =>
        {
            p.Wicker(150, 496, 480, 5, Oak.Darker(0.2));
            p.Line("M140 464H620", OliveWood, 26).Line("M200 632H560", OliveWood, 18);
        }, 44);
    }

    private static Picture Chair(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("folding-chair-" + name, ground, 1.14);
        p.Rod("M330 170L330 400L500 600M520 400L350 600", paint.Darker(0.25), 18);
        p.Rod("M240 190L236 440L420 640M440 440L250 640", paint.Darker(0.1), 20);
        foreach (var y in new[] { 190, 250, 310 }) p.Solid(Polygon(222, y, 346, y - 22, 346, y + 12, 222, y + 36), paint, shade: 10);
        for (var i = 0; i < 5; i++) p.Solid(Polygon(226 + i * 44, 432, 262 + i * 44, 432, 362 + i * 44, 392, 326 + i * 44, 392), paint.Lighter(0.12), shade: 6);
        return p.Line("M226 438H440L540 398", paint.Darker(0.2), 10);
    }
}
