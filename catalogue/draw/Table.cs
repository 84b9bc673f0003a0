using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Table
{
    public static IEnumerable<Picture> Draw() =>
    [
        Amphora("terracotta", Terracotta, Chalk, Ground.Sea), Amphora("sea", Sea, Chalk, Ground.Travertine), Amphora("chalk", Chalk, Terracotta, Ground.Rose),
        Plate("chalk", Chalk, Ground.Sea), Plate("sage", Sage, Ground.Travertine), Plate("aegean", Sea, Ground.Marble),
        CoffeeCup("chalk", Chalk, Ground.Sage), CoffeeCup("terracotta", Terracotta, Ground.Sea), CoffeeCup("aegean", Sea, Ground.Rose), CoffeeCup("lemon", Lemon, Ground.Slate),
        Carafe(),
        Tumblers("clear", Sky, Ground.Slate), Tumblers("green", Olive, Ground.Marble), Tumblers("amber", Ochre, Ground.Sage),
        FruitBowl("aegean", Sea, Ground.Rose), FruitBowl("chalk", Chalk, Ground.Sage),
        Cutlery(),
        Teapot("terracotta", Terracotta, Ground.Marble), Teapot("sage", Sage, Ground.Rose), Teapot("ink", Ink.Lighter(0.14), Ground.Sea),
        OilCruet(),
    ];

    private static Picture Amphora(string name, Colour glaze, Colour line, Ground ground)
    {
        var p = Picture.Standing("amphora-vase-" + name, ground);
        p.Rod("M334 196C240 170 216 250 262 330M406 196C500 170 524 250 478 330", glaze.Darker(0.1), 26);
        var vase = new Profile(370, (150, 66), (150, 66), (172, 60), (172, 44), (172, 44), (236, 46), (300, 92), (360, 134), (420, 140), (500, 110), (570, 66), (606, 48), (606, 48), (622, 68), (640, 70));
        return p.Turned(vase, glaze, mouth: glaze.Darker(0.4), gloss: true, bands: () =>
        {
            p.Flat(vase.Band(388, 400), line).Flat(vase.Band(452, 464), line);
            p.Line("M244 448q14-30 28-6q-2 12-12 8M290 455q14-30 28-6q-2 12-12 8M338 459q14-30 28-6q-2 12-12 8M386 459q14-30 28-6q-2 12-12 8M434 455q14-30 28-6q-2 12-12 8M478 448q12-28 22-8", line, 7);
        });
    }

    private static Picture Plate(string name, Colour glaze, Ground ground)
    {
        var p = Picture.Lying("stoneware-plate-" + name, ground);
        p.Solid(Disc(400, 400, 270), glaze, shade: 22);
        p.Line(Disc(400, 400, 262), glaze.Darker(0.4), 7);
        p.Flat(Disc(400, 400, 192), glaze.Darker(0.14)).Flat(Disc(406, 408, 184), glaze.Lighter(0.2));
        p.Flat(Sprig(312, 480, 190, -42, 3, 80), glaze == Sea ? Chalk : Moss);
        p.Line(Ray(312, 480, 200, -42), glaze == Sea ? Chalk : Moss, 6);
        return p.Glint("M170 400A230 230 0 0 1 400 170", 25, 34, 12, 0.7);
    }

    private static Picture CoffeeCup(string name, Colour glaze, Ground ground)
    {
        var p = Picture.Standing("coffee-cup-" + name, ground, 1.24);
        p.Turned(new Profile(370, (590, 208), (606, 180), (624, 120), (624, 120), (640, 112)), glaze.Darker(0.05));
        p.Flat(Oval(370, 588, 206, 33), glaze.Lighter(0.35)).Flat(Oval(378, 592, 128, 18), glaze.Darker(0.3));
        p.Rod("M482 440C570 424 574 528 464 524", glaze.Darker(0.08), 24);
        var cup = new Profile(370, (404, 124), (404, 124), (460, 122), (530, 104), (576, 72), (588, 66));
        return p.Turned(cup, glaze, mouth: glaze.Lighter(0.3).Darker(0.08), gloss: true,
            contents: () => p.Flat(Oval(370, 409, 104, 14), Walnut.Darker(0.3)).Flat(Oval(350, 408, 66, 8), Walnut.Lighter(0.1)));
    }

    private static Picture Carafe()
    {
        var p = Picture.Standing("glass-carafe", Ground.Sea);
        var glass = new Profile(340, (176, 72), (176, 72), (210, 54), (270, 48), (330, 66), (420, 118), (520, 142), (600, 134), (640, 118));
        var water = new Profile(340, (400, 100), (400, 100), (460, 124), (530, 132), (600, 124), (632, 112));
        p.Cast(glass.Silhouette).Flat(glass.Silhouette, Chalk, 0.5).Flat(water.Silhouette, Sky, 0.75).Flat(water.Mouth, Sky.Lighter(0.5));
        p.Turn(-18, 340, 480, () => p.Flat(Disc(346, 470, 54), Lemon).Flat(Disc(346, 470, 44), Lemon.Lighter(0.6))
            .Line("M346 430V510M311 450L381 490M311 490L381 450", Lemon, 6));
        p.Flat(glass.Shade(0.6), Deep, 0.16).Line(glass.Mouth, Chalk, 8).Glint(glass.Gloss(-0.76), 48, 32, 14, 0.85);
        var tumbler = new Profile(580, (520, 62), (520, 62), (640, 50));
        p.Cast(tumbler.Silhouette).Flat(tumbler.Silhouette, Chalk, 0.5).Flat(new Profile(580, (570, 52), (570, 52), (632, 45)).Silhouette, Sky, 0.75);
        return p.Flat(tumbler.Shade(0.5), Deep, 0.14).Line(tumbler.Mouth, Chalk, 7).Glint(tumbler.Gloss(-0.7), 12, 50, 10, 0.8);
    }

    private static Picture Tumblers(string name, Colour glass, Ground ground)
    {
        var p = Picture.Standing("ribbed-tumblers-" + name, ground);
        p.At(150, -36, () => Tumbler(p, glass));
        return p.At(-70, 0, () => Tumbler(p, glass));
    }

    private static void Tumbler(Picture p, Colour glass)
    {
        var body = new Profile(360, (320, 134), (640, 104));
        p.Cast(body.Silhouette).Flat(body.Silhouette, glass.Lighter(0.35), 0.72).Flat(body.Mouth, glass.Darker(0.15), 0.5);
        foreach (var rib in new[] { -0.8, -0.4, 0, 0.4, 0.8 }) p.Line(body.Gloss(rib), glass.Darker(0.1), 8, 0.55);
        p.Flat(body.Shade(0.5), Ink, 0.12).Flat(body.Band(604, 640), glass.Darker(0.1), 0.6);
        p.Line(body.Mouth, glass.Lighter(0.7), 8).Glint(body.Gloss(-0.62), 10, 40, 14, 0.8);
    }

    private static Picture FruitBowl(string name, Colour glaze, Ground ground)
    {
        var p = Picture.Standing("fruit-bowl-" + name, ground, 1.1);
        var bowl = new Profile(380, (440, 214), (440, 214), (480, 200), (540, 130), (590, 56), (590, 56), (640, 104));
        p.Cast(Oval(370, 380, 170, 80));
        return p.Turned(bowl, glaze, mouth: glaze.Darker(0.3), gloss: true, contents: () =>
        {
            p.Flat(Leaf(300, 380, 150, -142) + Leaf(470, 372, 140, -30) + Leaf(400, 330, 120, -70), Moss);
            WholeLemon(p, 476, 398, 30, Lemon.Darker(0.1));
            WholeLemon(p, 360, 362, -10, Lemon);
            WholeLemon(p, 268, 412, -24, Lemon);
            WholeLemon(p, 410, 430, 14, Lemon.Lighter(0.12));
        });
    }

    private static void WholeLemon(Picture p, double x, double y, double degrees, Colour colour) => p.At(x, y, () =>
    {
        const string Whole = "M-94 0Q-80-6-72-22C-46-70 46-70 72-22Q80-6 94 0Q80 6 72 22C46 70-46 70-72 22Q-80 6-94 0z";
        p.Flat(Whole, colour).Shade("M26-56C60-44 66-30 72-22Q80-6 94 0Q80 6 72 22C46 66-30 72-62 36C10 50 60 20 26-56z").Line("M-54-14Q-38-36-10-42", Chalk, 9, 0.6);
    }, degrees);

    private static Picture Cutlery()
    {
        var p = Picture.Lying("brushed-cutlery", Ground.Rose);
        p.Solid("M196 120Q204 108 212 120V250Q212 262 222 262T232 250V120Q240 108 248 120V250Q248 262 258 262T268 250V120Q276 108 284 120V280Q284 330 254 344L262 690Q240 712 218 690L226 344Q196 330 196 280z", Zinc.Lighter(0.2), shade: 10);
        p.Solid("M376 700L384 400H364V150Q366 112 392 106Q436 190 430 400H412L420 690Q398 714 376 690z", Zinc.Lighter(0.2), shade: 10);
        p.Solid("M560 106C604 106 622 160 618 220C614 282 578 304 572 348L580 690Q560 712 540 690L548 348C542 304 506 282 502 220C498 160 516 106 560 106z", Zinc.Lighter(0.2), shade: 10);
        return p.Flat(Oval(562, 206, 42, 76), Zinc.Darker(0.06)).Line("M528 196Q530 150 556 138", Chalk, 9, 0.8).Line("M380 170Q380 140 392 130", Chalk, 8, 0.8);
    }

    private static Picture Teapot(string name, Colour glaze, Ground ground)
    {
        var p = Picture.Standing("teapot-" + name, ground, 1.06);
        p.Rod("M250 400C130 380 130 560 262 560", glaze.Darker(0.1), 34);
        p.Solid("M500 560C580 550 588 470 620 412L574 388C556 430 530 450 490 452z", glaze, shade: 16).Flat(Oval(597, 400, 26, 11), glaze.Darker(0.45));
        var body = new Profile(390, (364, 74), (390, 122), (450, 166), (510, 176), (580, 150), (626, 106), (640, 100));
        p.Turned(body, glaze, gloss: true, bands: () => p.Flat(body.Band(570, 640), glaze.Darker(0.16)));
        p.Turned(new Profile(390, (330, 20), (344, 54), (362, 84), (362, 84), (370, 84)), glaze.Lighter(0.1));
        return p.Turned(new Profile(390, (292, 14), (304, 26), (320, 20), (336, 16)), Oak);
    }

    private static Picture OilCruet()
    {
        var p = Picture.Standing("oil-cruet", Ground.Travertine);
        p.Rod("M404 290C520 280 530 420 466 440", Olive.Lighter(0.55), 20);
        var glass = new Profile(360, (216, 36), (216, 36), (280, 36), (340, 52), (400, 110), (460, 130), (560, 130), (640, 122));
        var oil = new Profile(360, (410, 104), (410, 104), (460, 120), (560, 120), (630, 114));
        p.Cast(glass.Silhouette).Flat(glass.Silhouette, Chalk, 0.55).Flat(oil.Silhouette, Honey.Darker(0.05)).Flat(oil.Mouth, Honey.Lighter(0.4));
        p.Flat(Sprig(352, 610, 150, -86, 3, 58), Moss).Line(Ray(352, 612, 170, -86), Moss, 6);
        p.Flat(glass.Shade(0.5), Ink, 0.14).Glint(glass.Gloss(-0.78), 62, 26, 15, 0.8);
        p.Solid("M334 222L338 168H384L388 222Q360 230 334 222z", OliveWood, shade: 12);
        return p.Solid("M340 172C330 130 300 116 282 92L304 76C326 104 374 120 380 172z", Zinc, shade: 10);
    }
}
