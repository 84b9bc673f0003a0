using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Travel
{
    public static IEnumerable<Picture> Draw() =>
    [
        Tote("natural", Linen, Terracotta, Ground.Sea), Tote("sea", Sea, Chalk, Ground.Travertine), Tote("olive", Olive, Chalk, Ground.Rose),
        Hat("ink", Ink, Ground.Sea), Hat("terracotta", Terracotta, Ground.Sage), Hat("sea", Sea, Ground.Rose),
        WeekendBag("olive", Olive, Ground.Marble), WeekendBag("deep", Deep, Ground.Travertine),
        Mug("cream", Chalk, Ground.Sea), Mug("sea", Sea, Ground.Rose), Mug("olive", Olive, Ground.Travertine), Mug("terracotta", Terracotta, Ground.Sage),
        Flask("sand", Linen, Ground.Sea), Flask("sage", Sage, Ground.Rose), Flask("deep", Deep, Ground.Travertine), Flask("terracotta", Terracotta, Ground.Sage),
        Espadrilles("sea", Sea, Ground.Travertine), Espadrilles("terracotta", Terracotta, Ground.Sage),
        PicnicBasket(),
        Fan("terracotta", Terracotta, Ground.Sea), Fan("lemon", Lemon, Ground.Slate), Fan("sea", Sea, Ground.Rose),
    ];

    private static Picture Tote(string name, Colour canvas, Colour trim, Ground ground)
    {
        var p = Picture.Standing("canvas-tote-" + name, ground);
        p.Rod("M286 320C290 110 470 110 474 320", trim.Darker(0.2), 24);
        p.Solid("M170 300Q380 320 590 300L616 610Q616 640 586 640H174Q144 640 144 610z", canvas, () =>
        {
            p.Flat("M100 530H660V660H100z", trim).Line("M160 332Q380 350 600 332", canvas.Darker(0.25), 6);
            p.Line("M236 310L226 520M524 310L534 520", canvas.Darker(0.2), 7, 0.5);
        }, 44);
        p.Line("M262 350C262 160 498 160 498 350", trim, 26).Flat(Box(240, 336, 44, 54, 4) + Box(476, 336, 44, 54, 4), trim);
        return p;
    }

    private static Picture Hat(string name, Colour ribbon, Ground ground)
    {
        var p = Picture.Standing("straw-hat-" + name, ground, 1.04);
        p.Solid("M70 596C80 560 220 530 380 530S680 560 690 596C696 640 540 660 380 660S64 640 70 596z", Honey.Lighter(0.25), () =>
            p.Line("M100 606C160 566 600 566 660 606M90 630C200 664 560 664 670 630", Honey.Darker(0.1), 7), 20);
        p.Solid("M214 580C214 440 244 350 300 340Q340 336 380 352Q420 336 460 340C516 350 546 440 546 580Q380 624 214 580z", Honey.Lighter(0.32), () =>
        {
            p.Dots("M230 400H560M215 430H560M230 460H560M215 490H560M230 376H540", Honey, 9, 30).Line("M190 540Q380 590 570 540", ribbon, 62);
        }, 56);
        return p.Part("M520 560L596 604L564 612L560 644L498 582z", ribbon, shade: 10);
    }

    private static Picture WeekendBag(string name, Colour canvas, Ground ground)
    {
        var p = Picture.Standing("weekend-bag-" + name, ground, 1.12);
        p.Rod("M300 390C300 210 460 210 460 390", Walnut.Darker(0.2), 22);
        p.Solid("M150 480C150 390 200 340 270 340H490C560 340 610 390 610 480V600Q610 640 570 640H190Q150 640 150 600z", canvas, () =>
            p.Flat("M120 560H640V660H120z", Walnut).Line("M180 392Q380 372 580 392", Brass, 8).Line("M164 420Q380 400 596 420", canvas.Darker(0.3), 6), 50);
        p.Flat("M236 400H276V640H236zM484 400H524V640H484z", Walnut.Lighter(0.12)).Flat(Box(230, 470, 52, 40, 6) + Box(478, 470, 52, 40, 6), Brass);
        return p.Line("M256 404C256 190 504 190 504 404", Walnut.Lighter(0.12), 24).Flat(Box(346, 214, 70, 52, 16), Walnut);
    }

    private static Picture Mug(string name, Colour enamel, Ground ground)
    {
        var p = Picture.Standing("enamel-mug-" + name, ground, 1.12);
        p.Rod("M496 410C640 380 640 590 500 570", enamel.Darker(0.14), 28);
        var mug = new Profile(350, (360, 158), (640, 148));
        p.Turned(mug, enamel, mouth: Chalk.Darker(0.12), gloss: true, bands: () =>
            p.Dots("M220 440L480 470M240 560L460 520M300 610L480 580M230 500L340 540", enamel == Chalk ? Deep : Chalk, 7, 74, 0.8));
        return p.Line(mug.Mouth, enamel == Chalk ? Sea : Ink, 12);
    }

    private static Picture Flask(string name, Colour paint, Ground ground)
    {
        var p = Picture.Standing("water-flask-" + name, ground);
        p.Rod("M336 210C336 110 424 110 424 210", Iron, 18);
        p.Turned(new Profile(380, (276, 62), (290, 84), (320, 110), (360, 116), (600, 116), (640, 112)), paint, gloss: true, bands: () =>
            p.Flat(Leaf(380, 520, 80, -90) + Leaf(380, 520, 66, -148) + Leaf(380, 520, 66, -32), paint.Lighter(0.5)).Line("M380 460V560", paint.Lighter(0.5), 6));
        p.Turned(new Profile(380, (250, 60), (284, 62)), Zinc);
        return p.Turned(new Profile(380, (190, 54), (250, 58)), OliveWood);
    }

    private static Picture Espadrilles(string name, Colour canvas, Ground ground)
    {
        var p = Picture.Lying("espadrilles-" + name, ground);
        p.Turn(-12, 300, 400, () => p.At(-110, 0, () => Shoe(p, canvas, 1)));
        return p.Turn(12, 500, 400, () => p.At(110, 0, () => Shoe(p, canvas, -1)));
    }

    private static void Shoe(Picture p, Colour canvas, int side)
    {
        string Outer(double grow) => Path($"M{400 - side * 10} {110 - grow}C{400 + side * (90 + grow)} {110 - grow} {400 + side * (116 + grow)} 220 {400 + side * (96 + grow)} 350C{400 + side * (80 + grow)} 470 {400 + side * (96 + grow)} 700 {400} {700 + grow}C{400 - side * (110 + grow)} {700 + grow} {400 - side * (70 + grow)} 480 {400 - side * (92 + grow)} 360C{400 - side * (116 + grow)} 230 {400 - side * (96 + grow)} {110 - grow} {400 - side * 10} {110 - grow}z");
        p.Solid(Outer(16), Linen.Darker(0.14), shade: 0).Dots(Outer(8), OliveWood, 12, 24).Solid(Outer(0), canvas, shade: 18);
        p.Flat("M400 640C352 640 352 540 346 440C342 380 366 350 400 350S458 380 454 440C448 540 448 640 400 640z", canvas.Darker(0.4))
            .Flat("M400 630C362 630 362 540 356 450Q356 384 400 376Q446 384 446 450C440 540 438 630 400 630z", Linen).Line("M360 300Q400 280 440 300", canvas.Darker(0.3), 7);
    }

    private static Picture PicnicBasket()
    {
        var p = Picture.Standing("picnic-basket", Ground.Sage, 1.12);
        p.Rod("M220 410C230 170 530 170 540 410", OliveWood, 28);
        p.Solid("M160 420H600L570 618Q566 640 544 640H216Q194 640 190 618z", Oak, () =>
        {
            p.Wicker(150, 456, 470, 7, Oak.Darker(0.2));
        }, 46);
        p.Solid("M140 388Q140 372 156 372H604Q620 372 620 388V420Q620 434 606 434H154Q140 434 140 420z", OliveWood, shade: 30);
        p.Solid("M400 372H560L530 520L480 500L430 530z", Chalk, () => p.Line("M390 400H580M390 440H580M390 480H580M440 360V540M480 360V540M520 360V540", Terracotta, 12, 0.85), 10);
        return p.Flat(Box(268, 414, 46, 62, 6), Walnut).Flat(Disc(291, 456, 9), Brass);
    }

    private static Picture Fan(string name, Colour silk, Ground ground)
    {
        var p = Picture.Lying("folding-fan-" + name, ground, 0.86);
        string Sector(double inner, double outer, double from, double to)
        {
            (double X, double Y) At(double radius, double degrees) => (400 + radius * Math.Cos(degrees * Math.PI / 180), 610 + radius * Math.Sin(degrees * Math.PI / 180));
            var (a, b, c, d) = (At(inner, from), At(outer, from), At(outer, to), At(inner, to));
            return Path($"M{a.X} {a.Y}L{b.X} {b.Y}A{outer} {outer} 0 0 1 {c.X} {c.Y}L{d.X} {d.Y}A{inner} {inner} 0 0 0 {a.X} {a.Y}z");
        }

        const int Folds = 12;
        var step = 160.0 / Folds;
        p.Cast(Sector(40, 420, -170, -10));
        for (var i = 0; i <= Folds; i++) p.Line(Ray(400, 610, 396, -170 + i * step), Oak, i % Folds == 0 ? 26 : 12);
        for (var i = 0; i < Folds; i++) p.Flat(Sector(170, 420, -170 + i * step, -170 + (i + 1) * step), i % 2 == 0 ? silk : silk.Darker(0.14));
        p.Line("M51 548A354 354 0 0 1 749 548", Chalk, 14, 0.85);
        return p.Line(Ray(400, 610, 410, -8.5), Oak.Darker(0.12), 26).Line(Ray(400, 610, 410, -171.5), Oak, 26).Solid(Disc(400, 610, 24), Brass, shade: 9).Rod("M400 634Q380 680 410 700T400 760", silk, 10);
    }
}
