using System.Globalization;

namespace Stoa.Draw;

/// <summary>An opaque sRGB colour, written as <c>#RRGGBB</c>.</summary>
public readonly record struct Colour(int Red, int Green, int Blue)
{
    public static Colour Of(string hex)
    {
        var rgb = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Colour(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /// <summary>The same thing where the sun reaches it, or turned from it: mixed with warm white, or with warm dark.</summary>
    public Colour Lighter(double part = 0.3) => Mix(new Colour(255, 248, 234), part);

    public Colour Darker(double part = 0.22) => Mix(new Colour(43, 30, 34), part);

    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";

    private Colour Mix(Colour other, double part) => new(
        Mix(Red, other.Red, part), Mix(Green, other.Green, part), Mix(Blue, other.Blue, part));

    private static int Mix(int from, int to, double part) => (int)Math.Round(from + (to - from) * part);
}

/// <summary>The few colours in which everything in the shop is made.</summary>
public static class Palette
{
    public static readonly Colour
        Terracotta = Colour.Of("B5573A"), Clay = Colour.Of("CB8463"), Rose = Colour.Of("DBA492"), Wine = Colour.Of("7C2F3C"),
        Lemon = Colour.Of("E6B93F"), Ochre = Colour.Of("CE9433"), Honey = Colour.Of("DDA94B"),
        Olive = Colour.Of("7F8749"), Moss = Colour.Of("56603A"), Sage = Colour.Of("A3AE8B"),
        Sea = Colour.Of("2F7093"), Deep = Colour.Of("214C66"), Sky = Colour.Of("8DB7CB"),
        Chalk = Colour.Of("F7F2E8"), Linen = Colour.Of("DDCFB4"), Stone = Colour.Of("C9C2B6"),
        Oak = Colour.Of("CDA06A"), OliveWood = Colour.Of("BB8A53"), Walnut = Colour.Of("7D573B"),
        Brass = Colour.Of("CBA04A"), Zinc = Colour.Of("A7AEB0"), Iron = Colour.Of("45434A"), Ink = Colour.Of("2E2D35"),
        Flame = Colour.Of("F6C65B");
}

/// <summary>The stone behind and under a thing: a wall, and the lighter slab that it stands on.</summary>
public sealed record Ground(Colour Wall, Colour Slab)
{
    public static readonly Ground
        Marble = new(Colour.Of("E4DCCF"), Colour.Of("F1EBE1")),
        Travertine = new(Colour.Of("E2D0B4"), Colour.Of("EFE2CC")),
        Rose = new(Colour.Of("E5C9BA"), Colour.Of("F1DED3")),
        Sage = new(Colour.Of("CFD5BF"), Colour.Of("E2E6D5")),
        Sea = new(Colour.Of("C4D5DA"), Colour.Of("DBE6E8")),
        Slate = new(Colour.Of("C8C4C0"), Colour.Of("DCD9D5")),
        Dusk = new(Colour.Of("5B5361"), Colour.Of("746A73"));
}
