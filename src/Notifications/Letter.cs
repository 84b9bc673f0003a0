namespace Stoa.Notifications;

/// <summary>What a mail says, before it becomes text and HTML: both are written from this, so that they say the same.</summary>
/// <param name="Wording">Its language.</param>
/// <param name="Subject">One line.</param>
/// <param name="Title">Above the text.</param>
/// <param name="Parts">From top to bottom; the first says in a sentence what it is about.</param>
/// <param name="Why">Why the reader gets it, at the bottom.</param>
public sealed record Letter(Wording Wording, string Subject, string Title, IReadOnlyList<Part> Parts, string Why)
{
    /// <summary>As it is sent.</summary>
    public Mail ToMail() => new(Subject, LetterText.Write(this), LetterHtml.Write(this), Wording.Language);

    /// <summary>What it says, without what it leads to: a link in a mail may open an account or an order.</summary>
    public Letter WithoutLinks() => this with { Parts = [.. Parts.Where(part => part is not Part.Button)] };
}

/// <summary>A piece of a letter.</summary>
public abstract record Part
{
    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(string Text) : Part;

    /// <summary>What was bought and what it comes to; the last sum is the total.</summary>
    public sealed record Goods(IReadOnlyList<Row> Lines, IReadOnlyList<Row> Sums) : Part;

    /// <summary>Some lines under a heading, such as an address.</summary>
    public sealed record Facts(string Heading, IReadOnlyList<string> Lines) : Part;

    /// <summary>The one thing to do.</summary>
    public sealed record Button(string Label, string Url) : Part;

    /// <summary>What is good to know and may be skipped.</summary>
    public sealed record Small(string Text) : Part;

    /// <summary>Something and its amount.</summary>
    public sealed record Row(string What, string Amount);
}
