using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Bath
{
    public static IEnumerable<Picture> Draw() =>
    [
        Soap("olive", Sage, Ground.Rose), Soap("rose", Rose, Ground.Sage), Soap("laurel", Olive, Ground.Travertine),
        Sponge(),
        Towels("chalk", Chalk, Ground.Sea), Towels("sage", Sage, Ground.Rose), Towels("clay", Clay, Ground.Marble),
        Brush(),
        PumpBottle("chalk", Chalk, Ground.Sage), PumpBottle("clay", Clay, Ground.Marble), PumpBottle("deep", Deep, Ground.Travertine),
        ShavingSet(),
        Fouta("sea", Sea, Ground.Travertine), Fouta("terracotta", Terracotta, Ground.Sea), Fouta("lemon", Lemon, Ground.Slate),
        Mirror(),
        Stool(),
    ];

    private static Picture Soap(string name, Colour soap, Ground ground)
    {
        var p = Picture.Standing("olive-oil-soap-" + name, ground);
        p.At(26, 0, () => Bar(p, soap));
        p.At(-16, -156, () => Bar(p, soap.Lighter(0.1)));
        return p.Flat(Sprig(268, 440, 150, -4, 3, 50), soap.Darker(0.34)).Line(Ray(268, 440, 170, -4), soap.Darker(0.34), 7);
    }

    private static void Bar(Picture p, Colour soap)
    {
        p.Cast("M170 500L240 430H590L640 470V620L580 640H186Q170 640 170 624z");
        p.Flat("M176 510Q168 500 180 490L236 442Q244 434 258 434H584Q600 434 608 442L574 510z", soap.Lighter(0.35));
        p.Flat("M560 506L600 440Q610 438 612 450V580Q612 590 604 598L566 636z", soap.Darker(0.24));
        p.Flat(Box(170, 496, 404, 144, 18), soap).Line("M186 508H556", soap.Lighter(0.5), 6);
    }

    private static Picture Sponge()
    {
        var p = Picture.Standing("sea-sponge", Ground.Sea, 1.1);
        p.Solid("M170 520C140 460 190 400 240 400C250 340 330 310 370 350C420 310 500 330 510 390C570 380 620 440 590 500C620 560 590 640 520 636C470 650 300 650 250 636C180 640 150 580 170 520z", Honey.Lighter(0.15), () =>
        {
            p.Dots("M220 470L560 440M230 560L580 540", Honey.Darker(0.3), 30, 86).Dots("M260 420L500 390M200 520L570 500M270 610L560 590", Honey.Darker(0.22), 18, 58).Dots("M300 380L480 360M240 500L580 470M250 590L540 570", Honey.Darker(0.35), 12, 70);
        }, 50);
        return p.Flat(Oval(330, 450, 36, 28) + Oval(450, 520, 40, 30), Honey.Darker(0.38)).Flat(Oval(336, 456, 28, 20) + Oval(456, 526, 32, 22), Honey.Darker(0.55));
    }

    private static Picture Towels(string name, Colour cotton, Ground ground)
    {
        var p = Picture.Standing("bath-towels-" + name, ground, 1.08);
        Fold(p, 150, 530, 470, 110, cotton.Darker(0.06));
        Fold(p, 166, 420, 440, 110, cotton);
        p.Solid(Box(210, 290, 360, 130, 64), cotton.Lighter(0.1), () => p.Line("M500 280Q470 350 500 430M520 280Q490 350 520 430", cotton.Darker(0.25), 8), 22);
        return p.Flat(Oval(276, 355, 66, 65), cotton.Lighter(0.3)).Line("M276 310A46 46 0 1 0 322 356A34 34 0 1 0 276 388A22 22 0 1 0 272 346", cotton.Darker(0.3), 9);
    }

    private static void Fold(Picture p, double x, double y, double width, double height, Colour cotton) =>
        p.Solid(Path($"M{x + height / 2} {y}H{x + width}V{y + height}H{x + height / 2}A{height / 2} {height / 2} 0 0 1 {x + height / 2} {y}z"), cotton, () =>
            p.Line(Path($"M{x + 50} {y + height / 2}H{x + width}"), cotton.Darker(0.3), 7).Line(Path($"M{x + width - 90} {y}v{height}M{x + width - 66} {y}v{height}"), cotton.Darker(0.25), 9), 26);

    private static Picture Brush()
    {
        var p = Picture.Lying("bath-brush", Ground.Travertine);
        return p.Turn(42, 400, 400, () =>
        {
            p.Solid("M400 -10Q424 -10 424 20L428 420C510 440 530 520 526 600C520 720 460 780 400 780S280 720 274 600C270 520 290 440 372 420L376 20Q376 -10 400 -10z", Oak, shade: 20);
            p.Solid(Oval(400, 606, 98, 138), Linen.Lighter(0.3), () => p.Dots("M320 500H480M310 540H500M300 580H500M310 620H500M300 660H500M320 700H480", OliveWood, 20, 38), 12);
            p.Flat(Disc(400, 30, 10), Oak.Darker(0.5)).Rod("M400 30Q360 -40 400 -70T400 30", Linen, 8);
        });
    }

    private static Picture PumpBottle(string name, Colour glaze, Ground ground)
    {
        var p = Picture.Standing("pump-bottle-" + name, ground);
        p.Rod("M380 300V200M380 206H286Q262 206 260 230", Brass, 24);
        var bottle = new Profile(380, (330, 50), (344, 66), (372, 110), (410, 124), (590, 124), (640, 118));
        p.Turned(bottle, glaze, gloss: true, bands: () => p.Flat(bottle.Band(560, 640), Clay.Darker(glaze == Clay ? 0.2 : 0)));
        p.Turned(new Profile(380, (288, 44), (288, 44), (334, 48)), Brass);
        return p.Solid(Box(340, 176, 92, 40, 14), Brass, shade: 14);
    }

    private static Picture ShavingSet()
    {
        var p = Picture.Standing("shaving-set", Ground.Sage, 1.14);
        p.Turned(new Profile(520, (330, 96), (376, 88), (460, 50)), Linen.Lighter(0.3), bands: () => p.Line("M450 330L490 450M486 330L506 450M520 330V450M554 330L536 450M590 330L550 450", OliveWood, 5, 0.6));
        p.Flat(Box(464, 448, 112, 22, 8), Brass);
        p.Turned(new Profile(520, (470, 46), (520, 36), (600, 60), (640, 62)), Walnut, gloss: true);
        var bowl = new Profile(270, (490, 150), (490, 150), (540, 144), (606, 94), (640, 92));
        return p.Turned(bowl, Sea, mouth: Sea.Darker(0.3), gloss: true, contents: () =>
            p.Solid("M150 500C140 460 190 440 216 452C240 416 300 420 316 446C360 432 404 470 390 500Q270 530 150 500z", Chalk, shade: 24));
    }

    private static Picture Fouta(string name, Colour stripe, Ground ground)
    {
        var p = Picture.Hanging("striped-fouta-" + name, ground);
        p.Rod("M110 150H690", Oak, 26).Flat(Disc(110, 150, 22) + Disc(690, 150, 22), Brass);
        p.Rod("M226 620v76M256 620v80M286 620v76M316 620v80M346 620v76M376 620v80M406 620v76M436 620v80M466 620v76M496 620v80M526 620v76M556 620v80M576 620v76", stripe, 9);
        return p.Solid("M210 146Q214 128 232 128H570Q588 128 590 146L594 640H206z", Chalk, () =>
        {
            p.Line("M270 120V660M330 120V660M390 120V660M450 120V660M510 120V660M566 120V660", stripe, 20).Line("M236 120V660", stripe, 8);
            p.Flat("M200 560H600V640H200z", stripe).Flat("M200 120H600V164H200z", Ink, 0.1);
        }, 22);
    }

    private static Picture Mirror()
    {
        var p = Picture.Hanging("round-mirror", Ground.Rose);
        p.Rod("M270 320L400 130L530 320", Walnut, 22);
        p.Solid(Disc(400, 450, 236), Brass, shade: 16).Flat(Disc(400, 450, 206), Sky.Lighter(0.25));
        p.Part(Disc(400, 450, 206), Sky.Lighter(0.3), () => p.Flat("M100 560L420 180H520L180 720zM300 720L640 300V380L360 740z", Chalk, 0.55), 12);
        return p.Line("M206 520A206 206 0 0 1 330 257", Brass.Darker(0.35), 8).Solid(Disc(400, 130, 26), Brass, shade: 9);
    }

    private static Picture Stool()
    {
        var p = Picture.Standing("bath-stool", Ground.Sea);
        p.Rod("M290 420L276 600M470 420L486 600", Oak.Darker(0.25), 28).Rod("M284 540H480", Oak.Darker(0.3), 18);
        p.Rod("M204 430L180 640M556 430L580 640", Oak, 34).Rod("M196 570H566", Oak.Darker(0.1), 20);
        p.Solid("M230 340H530L610 412H150z", Oak.Lighter(0.2), () => p.Line("M284 330L246 420M334 330L318 420M382 330V420M430 330L446 420M480 330L516 420", Oak.Darker(0.25), 10), 10);
        return p.Solid(Box(148, 408, 464, 40, 8), Oak, shade: 30);
    }
}
