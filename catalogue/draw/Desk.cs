using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Desk
{
    public static IEnumerable<Picture> Draw() =>
    [
        Notebook("terracotta", Terracotta, Ground.Sea), Notebook("aegean", Sea, Ground.Travertine), Notebook("olive", Olive, Ground.Rose), Notebook("ink", Ink, Ground.Sage),
        Pen("ink", Ink, Ground.Travertine), Pen("aegean", Sea, Ground.Marble), Pen("terracotta", Terracotta, Ground.Sage),
        Pencils(),
        Bookends(),
        Letters(),
        InkBottle("blue-black", Deep, Ground.Rose), InkBottle("olive", Olive, Ground.Marble), InkBottle("wine", Wine, Ground.Sage), InkBottle("terracotta", Terracotta, Ground.Sea),
        Clock("chalk", Chalk, Ground.Sage), Clock("terracotta", Terracotta, Ground.Slate), Clock("sea", Sea, Ground.Rose),
        Magnifier(),
    ];

    private static Picture Notebook(string name, Colour cloth, Ground ground)
    {
        var p = Picture.Lying("clothbound-notebook-" + name, ground);
        return p.Turn(-14, 400, 400, () =>
        {
            p.Rod("M470 640V740", Lemon, 16);
            p.Solid(Box(206, 122, 400, 570, 14), Chalk.Darker(0.08), shade: 10).Line("M600 140V680", Stone, 5);
            p.Solid(Box(196, 110, 400, 570, 16), cloth, () =>
            {
                p.Flat(Box(196, 110, 62, 570), cloth.Darker(0.22)).Flat(Box(320, 210, 190, 110, 6), Chalk);
                p.Line("M350 250H480M350 282H440", Stone, 7);
            }, 12);
            p.Rod("M552 106V684", cloth.Darker(0.35), 12);
        });
    }

    private static Picture Pen(string name, Colour barrel, Ground ground)
    {
        var p = Picture.Lying("fountain-pen-" + name, ground, 1.14);
        p.Turn(40, 400, 400, () =>
        {
            p.Solid("M356 60Q388 40 420 60L426 400H350z", barrel, shade: 22).Flat(Box(348, 388, 80, 24, 4), Brass);
            p.Solid("M352 412H424L412 520H364z", barrel.Darker(0.15), shade: 20);
            p.Solid("M364 520H412L418 570Q404 640 388 690Q372 640 358 570z", Brass.Lighter(0.15), shade: 16).Line("M388 600V680", Brass.Darker(0.5), 5).Flat(Disc(388, 590, 9), Brass.Darker(0.5));
            p.Glint("M372 80L368 380", 4, 70, 10, 0.4);
        });
        return p.Turn(40, 400, 400, () =>
        {
            p.Solid("M500 250Q540 230 580 250L584 520H496z", barrel, shade: 24).Flat(Box(494, 500, 92, 26, 4), Brass);
            p.Line("M540 256V420", Brass, 16).Flat(Disc(540, 424, 13), Brass);
        });
    }

    private static Picture Pencils()
    {
        var p = Picture.Lying("cedar-pencils", Ground.Slate);
        Colour[] paints = [Terracotta, Lemon, Olive, Sea, Deep, Wine];
        for (var i = 0; i < paints.Length; i++)
        {
            var (x, paint, down) = (162 + i * 82, paints[i], i % 2 * 34);
            p.At(x, down, () => p
                .Solid("M6 700V220L33 100L60 220V700z", Oak.Lighter(0.25), shade: 0)
                .Flat("M24 140L33 100L42 140z", paint)
                .Flat("M6 700V226Q20 206 24 226Q33 206 42 226Q48 206 60 226V700z", paint).Flat("M42 226Q48 206 60 226V700H42z", paint.Darker(0.25)).Flat("M6 226Q20 206 24 226V700H6z", paint.Lighter(0.2)));
        }

        return p;
    }

    private static Picture Bookends()
    {
        var p = Picture.Standing("column-bookends", Ground.Rose, 1.12);
        var books = new[] { (262, 250, 58, Sea), (320, 280, 44, Lemon), (364, 226, 64, Terracotta), (428, 266, 50, Olive) };
        foreach (var (x, y, width, colour) in books)
            p.Block(x, y, width, 640 - y, colour).Line(Path($"M{x + 4} {y + 44}h{width - 8}M{x + 4} 590h{width - 8}"), Chalk, 8, 0.8);
        Column(p, 204);
        return Column(p, 536);
    }

    private static Picture Column(Picture p, double x) => p.At(x, 0, () =>
    {
        const string Whole = "M-66 640V606H-46L-34 330H-56V302L-66 296V262H66V296L56 302V330H34L46 606H66V640z";
        p.Cast(Whole).Flat(Whole, Chalk).Line("M-22 346L-28 592M0 346V592M22 346L28 592", Stone, 8).Line("M-62 300H62M-50 332H50M-48 606H48", Stone, 7);
        p.Shade("M40 640V606H24L14 330H30V302L40 296V262H66V296L56 302V330H34L46 606H66V640z");
    });

    private static Picture Letters()
    {
        var p = Picture.Lying("letter-set", Ground.Sage);
        p.Turn(8, 400, 400, () => p.Solid(Box(232, 96, 370, 480, 4), Chalk, () => p.Line("M280 170H440M280 220H550M280 262H550M280 304H520", Stone, 7), 10));
        return p.Turn(-9, 400, 460, () =>
        {
            p.Solid(Box(150, 320, 500, 340, 8), Rose, () => p.Line("M150 660L330 480M650 660L470 480", Rose.Darker(0.2), 7), 14);
            p.Part("M150 326Q150 320 156 320H644Q650 320 650 328L416 520Q400 532 384 520z", Rose.Lighter(0.22), shade: 8);
            p.Solid("M400 452C430 444 462 468 456 500C468 536 436 560 402 552C368 562 336 536 344 502C338 466 370 444 400 452z", Wine, shade: 14).Line(Disc(400, 502, 32), Wine.Darker(0.25), 6);
            p.Line("M388 522V492M400 522V492M412 522V492M380 524H420M378 490L400 478L422 490", Rose, 5);
        });
    }

    private static Picture InkBottle(string name, Colour ink, Ground ground)
    {
        var p = Picture.Standing("ink-bottle-" + name, ground, 1.1);
        p.Solid("M214 450Q216 404 262 396H310V356H450V396H498Q544 404 546 450V610Q546 640 516 640H244Q214 640 214 610z", ink.Lighter(0.5), () =>
        {
            p.Flat(Box(232, 470, 296, 152, 16), ink).Flat("M232 486Q240 462 270 470T380 470T490 470T528 486V520H232z", ink.Lighter(0.12));
        }, 40);
        p.Flat(Box(286, 504, 188, 96, 6), Chalk).Flat("M380 516C392 536 404 548 404 562A24 22 0 0 1 356 562C356 548 368 536 380 516z", ink);
        p.Glint("M236 460V610", 4, 60, 13, 0.7);
        return p.Solid(Box(296, 266, 168, 96, 14), Ink.Lighter(0.06), () => p.Line("M330 270V360M364 270V360M398 270V360M432 270V360", Ink.Darker(0.4), 7), 26);
    }

    private static Picture Clock(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("desk-clock-" + name, ground);
        p.Rod("M270 560L244 634M490 560L516 634", Brass, 24).Rod("M352 196Q380 150 408 196", Brass, 16);
        p.Solid(Disc(380, 420, 226), paint, shade: 34);
        p.Flat(Disc(380, 420, 178), paint.Darker(0.25)).Flat(Disc(384, 425, 172), Chalk.Lighter(0.4));
        for (var hour = 0; hour < 12; hour++)
        {
            var (sin, cos) = Math.SinCos(hour * Math.PI / 6);
            p.Line(Path($"M{382 + 142 * sin} {423 - 142 * cos}L{382 + (hour % 3 == 0 ? 116 : 130) * sin} {423 - (hour % 3 == 0 ? 116 : 130) * cos}"), Ink, hour % 3 == 0 ? 12 : 8);
        }

        return p.Line("M382 423L310 374", Ink, 18).Line("M382 423L458 338", Ink, 12).Line("M382 450V500", Terracotta, 6).Flat(Disc(382, 423, 15), Terracotta);
    }

    private static Picture Magnifier()
    {
        var p = Picture.Lying("brass-magnifier", Ground.Sea);
        return p.Turn(-40, 400, 400, () =>
        {
            p.Solid("M374 470H426L436 690Q434 740 400 740T364 690z", Walnut, shade: 20).Solid(Box(370, 440, 60, 66, 8), Brass, shade: 16);
            p.Cast(Disc(400, 280, 186)).Flat(Disc(400, 280, 186), Brass).Line("M230 350A186 186 0 0 0 586 280", Brass.Darker(0.25), 14);
            p.Flat(Disc(400, 280, 154), Sky.Lighter(0.55)).Flat("M274 192Q320 136 380 128L290 388Q250 350 248 290zM420 128Q450 132 470 144L372 430Q350 428 332 418z", Chalk, 0.6).Line(Disc(400, 280, 154), Brass.Darker(0.35), 6);
        });
    }
}
