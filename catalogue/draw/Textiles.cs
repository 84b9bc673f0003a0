using static Stoa.Draw.Outline;
using static Stoa.Draw.Palette;

namespace Stoa.Draw;

public static class Textiles
{
    public static IEnumerable<Picture> Draw() =>
    [
        Napkin("natural", Linen, Ground.Sea), Napkin("terracotta", Terracotta, Ground.Marble), Napkin("olive", Olive, Ground.Travertine), Napkin("aegean", Sea, Ground.Rose),
        TeaTowel("aegean", Sea, Ground.Travertine), TeaTowel("terracotta", Terracotta, Ground.Sage), TeaTowel("olive", Olive, Ground.Rose),
        Throw("rose", Rose, Ground.Sage), Throw("sage", Sage, Ground.Travertine), Throw("sea", Sea, Ground.Marble),
        Cushion("terracotta", Terracotta, Ground.Sea), Cushion("lemon", Lemon, Ground.Slate), Cushion("sage", Sage, Ground.Rose), Cushion("deep", Deep, Ground.Travertine),
        Apron("olive", Olive, Ground.Rose), Apron("ink", Ink, Ground.Sage), Apron("natural", Linen, Ground.Sea),
        Kilim(),
        Sheets(),
        OvenGlove(),
        Tablecloth(),
    ];

    private static Picture Napkin(string name, Colour cloth, Ground ground)
    {
        var p = Picture.Lying("linen-napkins-" + name, ground);
        p.Turn(-12, 400, 400, () => p.Solid(Box(170, 170, 440, 440, 8), cloth.Darker(0.16), shade: 8).Dots(Box(194, 194, 392, 392), cloth.Lighter(0.5), 6, 22, length: 9));
        return p.Turn(9, 400, 400, () =>
        {
            p.Solid("M186 176H476L616 316V606Q616 614 608 614H186Q178 614 178 606V184Q178 176 186 176z", cloth, () =>
                p.Dots("M202 200H466L592 326V590H202z", cloth.Lighter(0.6), 6, 22, length: 9).Line("M178 396H616M396 176V614", cloth.Darker(0.16), 5, 0.7), 10);
            p.Flat("M476 176L470 316Q470 322 476 322L616 316z", cloth.Lighter(0.3));
            p.Rod(Oval(400, 420, 92, 80), Oak, 44).Line("M316 396A92 80 0 0 1 400 340", Oak.Lighter(0.5), 9).Line("M492 420A92 80 0 0 1 380 498", Oak.Darker(0.2), 12);
        });
    }

    private static Picture TeaTowel(string name, Colour stripe, Ground ground)
    {
        var p = Picture.Hanging("striped-tea-towel-" + name, ground);
        p.Solid("M400 150C440 170 520 210 560 270L588 690Q540 706 492 690T400 694T306 690T212 690L240 270C280 210 360 170 400 150z", Chalk, () =>
        {
            p.Line("M200 560Q300 576 400 562T600 560M200 636Q300 652 400 638T600 636", stripe, 16).Line("M200 598Q300 614 400 600T600 598", stripe, 32);
            p.Line("M222 400Q310 416 400 402T580 400", stripe, 8);
            p.Line("M396 170C350 300 320 480 306 690M404 170C450 300 476 480 492 690", Stone.Darker(0.1), 8, 0.7);
        }, 26);
        return Peg(p, 400, 140);
    }

    private static Picture Peg(Picture p, double x, double y) =>
        p.Rod(Path($"M{x} {y + 22}Q{x - 18} {y + 2} {x} {y - 8}T{x} {y + 22}"), Linen.Darker(0.2), 7).Solid(Disc(x, y - 16, 24), Oak, shade: 9);

    private static Picture Throw(string name, Colour wool, Ground ground)
    {
        var p = Picture.Lying("wool-throw-" + name, ground);
        return p.Turn(-8, 400, 400, () =>
        {
            p.Rod("M196 630v64M230 634v64M264 630v64M298 634v64M332 630v64M366 634v64M400 630v64M434 634v64M468 630v64M502 634v64M536 630v64M570 634v64M602 630v64", wool.Darker(0.1), 12);
            p.Solid(Box(180, 120, 440, 520, 26), wool, () =>
            {
                p.Flat("M240 100h44v560h-44zM420 100h44v560h-44zM160 220H640v44H160zM160 400H640v44H160zM160 580H640v34H160z", Chalk, 0.3);
                p.Line("M340 100V660M520 100V660M160 332H640M160 510H640", wool.Darker(0.4), 6, 0.6);
            }, 18);
            p.Solid("M180 146Q180 120 206 120H594Q620 120 620 146V196L180 262z", wool.Lighter(0.18), shade: 10);
        });
    }

    private static Picture Cushion(string name, Colour cloth, Ground ground)
    {
        var p = Picture.Standing("linen-cushion-" + name, ground);
        const string Pillow = "M152 218Q140 196 164 192Q380 236 600 192Q624 196 612 218Q570 420 618 628Q622 652 600 652Q380 618 160 652Q138 650 146 628Q190 420 152 218z";
        p.Solid(Pillow, cloth, () =>
        {
            p.Line("M110 360Q380 330 650 360M110 484Q380 514 650 484", Chalk, 10, 0.9).Line("M110 422H650", Chalk, 44, 0.9);
            p.Dots("M150 422H620", cloth, 18, 44);
        }, 44);
        return p.Line(Pillow, cloth.Darker(0.18), 8).Line("M196 232Q226 260 232 292M568 232Q540 262 536 292M200 612Q226 590 232 560M566 612Q540 590 536 560", cloth.Darker(0.3), 8, 0.7);
    }

    private static Picture Apron(string name, Colour cloth, Ground ground)
    {
        var p = Picture.Hanging("kitchen-apron-" + name, ground);
        p.Rod("M322 214C330 150 380 116 400 112C420 116 470 150 478 214M214 410C150 440 170 520 130 560M586 410C650 440 630 520 670 570", cloth.Darker(0.15), 14);
        p.Solid("M306 204Q400 226 494 204C500 290 530 350 596 396L604 700Q400 724 196 700L204 396C270 350 300 290 306 204z", cloth, () =>
            p.Line("M306 236Q400 256 494 236", cloth.Darker(0.2), 6).Line("M260 400L246 720M544 400L556 720", cloth.Darker(0.2), 7, 0.6), 26);
        p.Part("M286 470H514V590Q512 622 478 622H322Q288 622 286 590z", cloth.Lighter(0.12), () => p.Line("M400 470V630", cloth.Darker(0.2), 6), 10);
        p.Line("M286 490H514", cloth.Darker(0.2), 6);
        return p.Solid(Disc(400, 108, 24), Oak, shade: 9);
    }

    private static Picture Kilim()
    {
        var p = Picture.Lying("kilim-rug", Ground.Sea);
        return p.Turn(12, 400, 400, () =>
        {
            p.Rod("M240 84v636M270 84v636M300 84v636M330 84v636M360 84v636M390 84v636M420 84v636M450 84v636M480 84v636M510 84v636M540 84v636M564 84v636", Linen, 8);
            p.Solid(Box(224, 116, 356, 570), Terracotta, () =>
            {
                p.Flat("M224 150h356v22h-356zM224 630h356v22h-356z", Deep).Dots("M240 190H580M240 612H580", Lemon, 18, 40);
                p.Flat("M402 214L520 306L402 398L284 306zM402 404L520 496L402 588L284 496z", Chalk).Flat("M402 246L480 306L402 366L324 306zM402 436L480 496L402 556L324 496z", Deep);
                p.Flat("M402 280L436 306L402 332L368 306zM402 470L436 496L402 522L368 496z", Lemon).Flat("M224 340L284 401L224 462zM580 340L520 401L580 462z", Deep);
            }, 8);
        });
    }

    private static Picture Sheets()
    {
        var p = Picture.Standing("linen-sheets", Ground.Rose, 1.1);
        foreach (var (y, colour, inset) in new[] { (556, Sky, 0), (468, Linen, 10), (392, Chalk, 4), (332, Sage, 22) })
        {
            var height = y == 556 || y == 468 ? 88 : y == 392 ? 78 : 62;
            p.Solid(Box(166 + inset, y, 430 - 2 * inset, height, height / 2 - 6), colour, () =>
                p.Line(Path($"M{200 + inset} {y + height / 2}H700M{220 + inset} {y + height * 0.76}H700"), colour.Darker(0.2), 5, 0.7), 30);
        }

        p.Line("M380 334V632", Terracotta, 22).Flat("M380 330C330 280 270 290 276 322S340 344 380 330C430 280 492 288 486 320S424 346 380 330z", Terracotta);
        return p.Line("M380 332Q350 356 330 400M380 332Q414 360 430 396", Terracotta.Darker(0.1), 16).Flat(Disc(380, 330, 18), Terracotta.Darker(0.2));
    }

    private static Picture OvenGlove()
    {
        var p = Picture.Hanging("quilted-oven-glove", Ground.Sage);
        p.Rod("M500 610Q560 640 530 690T480 650", Terracotta, 12);
        p.Solid("M270 640V420C250 400 190 380 176 340C164 300 200 268 240 290L280 322C270 240 280 110 400 108S540 220 532 330V640z", Rose, () =>
        {
            p.Line("M100 300L460 660M160 240L560 640M220 180L600 560M250 90L640 480M350 60L640 350M560 60L140 480M640 100L180 560M640 220L220 640M640 340L320 660M640 460L440 660", Terracotta, 6, 0.55);
        }, 28);
        return p.Solid(Box(250, 604, 302, 82, 14), Terracotta, shade: 24);
    }

    private static Picture Tablecloth()
    {
        var p = Picture.Standing("linen-tablecloth", Ground.Travertine);
        p.Rod("M250 480L232 640M510 480L528 640", Walnut, 26);
        p.Solid("M120 350A260 62 0 0 1 640 350L664 540Q630 570 590 548T506 560T424 566T338 566T256 560T170 548T96 540z", Chalk, () =>
        {
            p.Line("M92 508Q130 536 170 516T256 528T338 534T424 534T506 528T590 516T672 508", Sea, 12);
            p.Line("M166 400L150 560M260 416L256 560M380 420V570M500 416L506 560M596 400L612 560", Stone, 9);
        }, 30);
        p.Flat(Oval(380, 350, 260, 62), Chalk.Lighter(0.5)).Line("M120 350A260 62 0 0 0 640 350", Stone, 5);
        return p.Solid("M350 340L344 282Q380 270 416 282L410 340Q380 350 350 340z", Terracotta, shade: 14).Flat(Sprig(380, 280, 90, -82, 2, 56) + Sprig(366, 282, 80, -116, 2, 46) + Sprig(394, 282, 80, -54, 2, 46), Moss);
    }
}
