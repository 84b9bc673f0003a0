using System.Text.RegularExpressions;

namespace Stoa.Storefront;

/// <summary>What the API objects to in the fields of a form, in the page's language: the API itself speaks English.</summary>
public static partial class Objections
{
    /// <summary>Sentences by the last part of the field's name: <c>shippingAddress.line1</c> is <c>line1</c>.</summary>
    /// <param name="labels">What each field is called, as a sentence begins with it.</param>
    public static Dictionary<string, string> Of(Refusal refusal, IReadOnlyDictionary<string, string> labels) => (refusal.Errors ?? [])
        .GroupBy(error => error.Key[(error.Key.LastIndexOf('.') + 1)..])
        .ToDictionary(field => field.Key, field => string.Join(' ', field.SelectMany(error => error.Value).Select(one => Say(labels.GetValueOrDefault(field.Key, field.Key), one))));

    /// <summary>One that is not known here is said as the API says it.</summary>
    private static string Say(string label, string objection)
    {
        var numbers = Number().Matches(objection).Select(found => found.Value).ToArray();
        return Known(Number().Replace(objection, "#")) is { } text ? text.With([label, .. numbers]) : Texts.Objection.With(label, objection);
    }

    private static string? Known(string objection) => objection switch
    {
        "must be a text of # to # characters" => Texts.MustBeTextOf,
        "must be # to # characters" => Texts.MustBeCharacters,
        "must be at most # characters" => Texts.MustBeAtMost,
        "must be one line" => Texts.MustBeOneLine,
        "must not hold control characters" => Texts.MustHoldNoControls,
        "must be an e-mail address" => Texts.MustBeEmail,
        "is one of the commonest: choose another" => Texts.MustBeUncommon,
        "is not your password" => Texts.MustBeYours,
        "is needed" => Texts.MustBeThere,
        "must be a country's two letters (ISO #-#)" => Texts.MustBeCountry,
        _ => null,
    };

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
