using System.Text.RegularExpressions;
using Stoa.Contracts;

namespace Stoa.Notifications.Tests;

public sealed partial class LetterTests
{
    private const string Shop = "https://shop.example";
    private static readonly Money Dollar = new(100, "USD");

    /// <summary>Where to write the letters as pages, to be looked at in a browser.</summary>
    private static readonly string? Pages = Environment.GetEnvironmentVariable("STOA_LETTERS");

    public static TheoryData<string> Languages => [.. Wording.All.Select(one => one.Language)];

    private static IEnumerable<(string Name, Letter Letter)> All(string language)
    {
        var order = PostOffice.Order(PostOffice.Anna) with
        {
            Language = language,
            PayBy = DateTimeOffset.UnixEpoch,
            Carrier = "Hermes",
            TrackingNumber = "JD0146000038451",
            Lines = [new("VASE", "Amphora vase, large, terracotta", 1, new Money(129900, "USD")), new("PAN", "Enamel milk pan", 2, new Money(3800, "USD"))],
        };
        var letters = new OrderLetters(order, Shop);
        var link = new MailedLink("ann@example.com", "Ann", language, "h3hK-token");
        yield return ("placed", letters.Placed()!);
        yield return ("paid", letters.Paid());
        yield return ("shipped", letters.Shipped());
        yield return ("refunded", letters.Refunded(new PaymentRefunded(order.OrderId, order.OrderId, order.OrderId, Dollar, Dollar, Whole: false)));
        yield return ("password-reset", LinkLetters.PasswordReset(link, Shop));
        yield return ("email-confirmation", LinkLetters.EmailConfirmation(link, Shop));
        var off = new WebhookOff("erp.example", PostOffice.Anna, DateTimeOffset.UnixEpoch, order.OrderId, language);
        yield return ("webhook-failing", off.Write("Ann", Shop));
        yield return ("webhook-gone", (off with { FailingSince = null }).Write("Ann", Shop));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_letter_says_the_same_as_text_and_as_html(string language)
    {
        foreach (var (name, letter) in All(language))
        {
            var mail = letter.ToMail();
            if (Pages is not null) File.WriteAllText(Path.Combine(Pages, $"{name}-{language}.html"), mail.Html);
            var html = Words(System.Net.WebUtility.HtmlDecode(Tags().Replace(mail.Html, " ")));
            foreach (var line in mail.Text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("-- ", StringComparison.Ordinal) && !line.StartsWith("http", StringComparison.Ordinal)))
                Assert.Contains(Words(line.TrimEnd(':')), html, StringComparison.Ordinal);
            Assert.Contains(Assert.Single(letter.Parts.OfType<Part.Button>()).Url, System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
            Assert.DoesNotContain("{", mail.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_language_has_every_text_with_the_same_places_in_it()
    {
        var english = Wording.In("en");
        foreach (var other in Wording.All)
        {
            Assert.Equal(english.Names.Order(), other.Names.Order());
            Assert.All(english.Names, name => Assert.Equal(Places(english, name), Places(other, name)));
        }
    }

    [Fact]
    public void Encodes_what_people_typed()
    {
        var order = PostOffice.Order(PostOffice.Anna) with
        {
            Name = "<script>alert(1)</script>",
            Lines = [new OrderMessageLine("X", "<img src=x>", 1, Dollar)],
            Address = ["<i>street</i>"],
        };
        var html = new OrderLetters(order, Shop).Paid().ToMail().Html;
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>street", html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Opening_a_letter_asks_nobody_for_anything(string language)
    {
        foreach (var (_, letter) in All(language)) Assert.DoesNotMatch("src=|url\\(|@import|<link", letter.ToMail().Html);
    }

    private static string Places(Wording wording, string name) => string.Concat(Place().Matches(wording.Text(name, "{0}", "{1}", "{2}")).Select(match => match.Value).Distinct().Order());

    private static string Words(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex("<style>.*?</style>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
