using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stoa.Kernel;

/// <summary>Collects what is wrong with a request, field by field; <see cref="Problem"/> is null when nothing is.</summary>
public sealed class Validation
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by field; empty when nothing is.</summary>
    public IReadOnlyDictionary<string, string[]> Errors => _errors.ToDictionary(one => one.Key, one => one.Value.ToArray(), StringComparer.Ordinal);

    /// <summary>The 422 problem, or null.</summary>
    public ProblemHttpResult? Problem => _errors.Count == 0 ? null : Kernel.Problem.Validation(Errors);

    /// <summary>Notes a message unless the condition holds.</summary>
    public Validation Require(bool holds, string field, string message)
    {
        if (holds) return this;
        if (!_errors.TryGetValue(field, out var messages)) _errors[field] = messages = [];
        messages.Add(message);
        return this;
    }

    /// <summary>A text that must be there: its length, without white space around it, within the bounds, in characters.</summary>
    public Validation Text(string field, string? value, int min, int max) => Require(
        value is not null && value.Trim().Length >= min && value.Length <= max, field,
        string.Create(CultureInfo.InvariantCulture, $"must be a text of {min} to {max} characters"));

    /// <summary>A text that may be missing.</summary>
    public Validation Optional(string field, string? value, int max) => Require(
        value is null || value.Length <= max, field, string.Create(CultureInfo.InvariantCulture, $"must be at most {max} characters"));

    /// <summary>A whole number within bounds, both included.</summary>
    public Validation Range(string field, long value, long min, long max) => Require(
        value >= min && value <= max, field, string.Create(CultureInfo.InvariantCulture, $"must be between {min} and {max}"));

    /// <summary>An e-mail address in its usual shape: one @, a dot in the domain, no white space, at most 254 characters.</summary>
    public Validation Email(string field, string? value) => Require(IsEmail(value), field, "must be an e-mail address");

    private static bool IsEmail(string? value)
    {
        if (value is null || value.Length is < 3 or > 254 || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';')) return false;
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || at != value.LastIndexOf('@')) return false;
        var domain = value[(at + 1)..];
        return domain.Contains('.', StringComparison.Ordinal) && domain.Split('.').All(label => label.Length is > 0 and <= 63);
    }
}
